import { DEVICE_CALLS, DEVICE_CASES } from './devices.cases.ts'
import { runCases } from './wire-case.ts'

runCases('devices', DEVICE_CALLS, DEVICE_CASES)
