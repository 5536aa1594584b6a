import { writeFile } from 'node:fs/promises'
import { UnreachableError } from './judged-server.ts'
import { readKnown } from './known.ts'
import { readOptions, USAGE, UsageError } from './options.ts'
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
    const results = await run(options, known)
    const isWhole = options.only.length === 0
    const report = toReport(results, known, isWhole)
    const json = () => `${JSON.stringify({ results, outdated: outdated(results, known, isWhole) }, null, 2)}\n`
    if (options.json === '-') process.stdout.write(json())
    else console.log(report)
    if (options.json && options.json !== '-') await writeFile(options.json, json())
    return isGood(results) ? 0 : 1
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof UnreachableError)) throw error
    console.error(`shenpi-conformance: ${error.message}`)
    if (error instanceof UsageError) console.error(`\n${USAGE}`)
    return 2
  }
}
