import { runFuzz } from './fuzz-run.ts'

runFuzz('postgres', 40_000)
