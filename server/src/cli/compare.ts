import { readConfig } from '../config.ts'
import { compareRecording, NothingToCompare } from '../recordings/compare-recording.ts'
import { type ComparisonReport, ComparisonReporter, type ReportedDifference } from '../recordings/comparison-report.ts'
import { readRecording } from '../recordings/read-recording.ts'
import { BrokenRecording } from '../recordings/recording.ts'
import { SANDBOX_ACCOUNT } from '../sandbox/account.ts'
import { messageOf } from '../thrown.ts'
import { answer, type RemoteOptions, serverUrl } from './remote.ts'
import { toTerminal } from './table.ts'

interface CompareOptions extends RemoteOptions {
  appid?: string
  secret?: string
}

/** How many differences people are shown; programs get all that a report holds. */
const SHOWN_MAX = 50

/** Exit code 1 when something differs, 2 when nothing could be compared. */
export async function compare(file: string, options: CompareOptions): Promise<void> {
  try {
    const { exchanges, isCutOff } = await readRecording(file)
    const { appid = SANDBOX_ACCOUNT.appid, secret = SANDBOX_ACCOUNT.secret } = options
    const url = serverUrl(options, readConfig(process.env))
    const reporter = new ComparisonReporter()
    for await (const outcome of compareRecording(exchanges, { url, appid, secret })) reporter.add(outcome)
    const report = reporter.report(url, isCutOff)
    answer(options, report, show)
    if (report.compared === 0) throw new NothingToCompare(`${file} holds no request that can be sent`)
    if (report.differing > 0) process.exitCode = 1
  } catch (error) {
    console.error(`shenpi: ${error instanceof BrokenRecording ? `${file}, ` : ''}${messageOf(error)}`)
    process.exitCode = 2
  }
}

function show({ differences, passedOver, unseen, isCutOff, ...report }: ComparisonReport): void {
  for (const [call, of] of Map.groupBy(differences.slice(0, SHOWN_MAX), ({ method, path }) => `${method} ${path}`)) {
    console.log(toTerminal(call))
    for (const difference of of) console.log(toTerminal(`  ${inWords(difference)}`))
  }
  const more = report.leftOut + Math.max(0, differences.length - SHOWN_MAX)
  if (more > 0) console.log(`… and ${more} more (--json tells up to 1000)`)
  for (const { reason, path, count } of passedOver) console.log(toTerminal(`Not sent: ${path}, ${count} ×: ${reason}.`))
  for (const list of unseen) console.log(toTerminal(`Not compared: ${list}, which is empty on one side.`))
  if (isCutOff) console.log('The last line breaks off and was left out.')
  const alike = report.compared - report.differing
  console.log(
    `${report.compared} requests sent to ${report.target}: ${alike} answered alike, ${report.differing} differ.`,
  )
}

function inWords({ kind, at, recorded, answered, lines, count, unknown }: ReportedDifference): string {
  const where = `line ${lines.join(', ')}${count > lines.length ? ` and ${count - lines.length} more` : ''}`
  const what = kind === 'missing' || kind === 'extra' ? `${at} is ${kind}` : at || kind
  const why = unknown.length > 0 ? `; no answer of the recording gave ${unknown.join(', ')}` : ''
  return `${what}: recorded ${recorded}, answered ${answered} (${where}${why})`
}
