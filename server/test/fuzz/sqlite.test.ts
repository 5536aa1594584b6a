import { runFuzz } from './fuzz-run.ts'

runFuzz('sqlite', 60_000)
