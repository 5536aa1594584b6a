import { runFuzz } from './fuzz-run.ts'

runFuzz('postgres', 35_000)
