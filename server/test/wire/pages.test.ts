import { PAGE_CALLS, PAGE_CASES } from './pages.cases.ts'
import { runCases } from './wire-case.ts'

runCases('pages', PAGE_CALLS, PAGE_CASES)
