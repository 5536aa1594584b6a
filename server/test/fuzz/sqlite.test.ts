import { runFuzz } from './fuzz-run.ts'

runFuzz('sqlite', 50_000)
