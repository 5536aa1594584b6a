import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountFor, readSent } from './account-for.ts'
import { readList } from './crossing-list.ts'
import { explainAll } from './explain.ts'
import type { Sent } from './record.ts'

/** For a run of tests. */
export interface NotedStatements {
  /** Of the tests: `record.ts` is a part of each that opens a database. */
  env: NodeJS.ProcessEnv
  /** After the run: a sentence for each statement that is not accounted for. @param isWhole as in {@link accountFor} */
  account(isWhole: boolean): string[]
  /** The same for what Citus says of them, on a database whose tables are placed. */
  explain(url: string): Promise<string[]>
}

/** Let the processes of a run note the statements that they send. */
export function noteStatements(): NotedStatements {
  const folder = mkdtempSync(join(tmpdir(), 'shenpi-statements-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  let sent: Sent[] | undefined
  const read = () => (sent ??= readSent(folder))
  return {
    env: { STATEMENTS_DIR: folder },
    account: (isWhole) => accountFor(read(), readList(), isWhole),
    explain: (url) => explainAll(read(), readList(), url),
  }
}

const OPTION = `--import=${new URL('./preload.js', import.meta.url).href}`

/** For a program that a test starts with an environment of its own. */
export function notingEnvironment({ STATEMENTS_DIR }: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return STATEMENTS_DIR ? { STATEMENTS_DIR, NODE_OPTIONS: OPTION } : {}
}
