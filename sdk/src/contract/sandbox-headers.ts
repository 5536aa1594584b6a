import { OUTCOME_HEADER } from './api/sandbox-outcomes.ts'
import { FAULT_HEADER } from './fault-limits.ts'

/** Headers by which one request asks a sandbox for something. In production they are without effect. */
export const SANDBOX_HEADERS = [OUTCOME_HEADER, FAULT_HEADER] as const
