import { open, writeFile } from 'node:fs/promises'
import { ApiProblem, UnansweredError } from '@shenpi/sdk/client'
import { UnreachableError } from './judged-server.ts'
import { type Known, readKnown } from './known.ts'
import { type Options, readOptions, USAGE, UsageError } from './options.ts'
import { isGood, outdated, toReport } from './report.ts'
import { run } from './run.ts'

/** Judge a server as the command line says; answers the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(USAGE)
    return 0
  }
  try {
    const options = readOptions(args)
    const known = await readKnown(options.known)
    await checkWritable(options.json)
    return await judgeAndReport(options, known)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(`shenpi-conformance: ${error.message}`)
    return 2
  }
}

async function judgeAndReport(options: Options, known: Known): Promise<number> {
  const { results, endedBy } = await run(options, known)
  const isWhole = options.only.length === 0 && endedBy === undefined
  if (results.length > 0 || endedBy === undefined) {
    const json = `${JSON.stringify({ results, outdated: outdated(results, known, isWhole) }, null, 2)}\n`
    if (options.json === '-') process.stdout.write(json)
    else console.log(toReport(results, known, isWhole))
    if (options.json && options.json !== '-') await writeFile(options.json, json)
  }
  if (endedBy === undefined) return isGood(results) ? 0 : 1
  console.error('shenpi-conformance:', isOfServer(endedBy) ? endedBy.message : endedBy)
  return 2
}

/** What the server did; anything else is a fault of ours and shows its stack. */
const isOfServer = (error: unknown): error is Error =>
  [UnreachableError, UnansweredError, ApiProblem].some((kind) => error instanceof kind)

/** @throws UsageError when the results cannot be written there: better before a run than behind it. */
async function checkWritable(file: string | undefined): Promise<void> {
  if (!file || file === '-') return
  try {
    await (await open(file, 'a')).close()
  } catch (error) {
    throw new UsageError(`--json ${file} cannot be written (${error instanceof Error ? error.message : error})`)
  }
}
