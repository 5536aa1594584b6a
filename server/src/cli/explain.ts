import { type ApiFinding, type ApiRequestInFull, api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
import { toLocalSecond, toTerminal } from './table.ts'

/** Explain a call of the wire by its rid, as an errmsg ends in it. */
export async function explain(rid: string, options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  const params = await toArgument(api.getRequest.params, { rid: rid.replace(/^rid:\s*/, '') })
  const request = await client.call(api.getRequest, { params })
  answer(options, request, (explained) => {
    for (const line of linesOf(explained)) console.log(line === '' ? '' : toTerminal(line))
  })
}

/** A clock that is no farther from the machine's goes with it. */
const IN_STEP_MS = 2000

const MARKS = { passed: '✓', refused: '✗', not_reached: '·' } as const

function linesOf(request: ApiRequestInFull): string[] {
  const { appid, path, cost_ms, ahead_ms, injected_by, outcome_by, checks } = request
  const lines = [
    `${path}  ${toLocalSecond(request.at)} (UTC+8), ${cost_ms} ms, ${appid ?? 'of a caller who is not known'}`,
    ...(Math.abs(ahead_ms) < IN_STEP_MS ? [] : [`The account’s clock was ${toSpan(ahead_ms)} the machine’s.`]),
    ...(injected_by === null ? [] : [`The answer was made by the rule ${injected_by} of the sandbox.`]),
    ...(outcome_by === null ? [] : [`What becomes of the application is by ${outcome_by}.`]),
    '',
    ...(checks.length > 0 ? [checks.map(({ name, result }) => `${MARKS[result]} ${name}`).join('  '), ''] : []),
    ...(request.problem === null ? ['It went well.'] : refusalOf(request)),
    '',
    `Sent      ${request.request_body || '(nothing that was read)'}`,
    `Answered  ${request.response_body}`,
  ]
  return lines
}

function refusalOf(request: ApiRequestInFull): string[] {
  const { check, problem, errcode, message, findings, documented, meaning } = request
  const [first, ...others] = findings
  return [
    `${check === null ? 'Refused' : `Refused by the check ${check}`}: ${problem}, ${errcode} ${message}`,
    ...(first ? [`  ${inWords(first)}`] : []),
    ...(others.length > 0
      ? ['It would have been refused as well for', ...others.map((finding) => `  ${inWords(finding)}`)]
      : []),
    ...(meaning === null ? [] : ['', meaning]),
    '',
    ...[documented.protocol, documented.error].flatMap((line) =>
      line ? [`${line.file}:${line.line}  ${line.text}`] : [],
    ),
  ]
}

const COUNTED = {
  characters: ' characters',
  weight: ' letters (a Chinese character counts as 2)',
  items: ' items',
  bytes: ' bytes',
  values: ' values',
  devices: ' devices',
  calls: ' calls',
} as const satisfies Record<NonNullable<ApiFinding['unit']>, string>

function inWords({ path, problem, expected, limit, seen, measure, unit }: ApiFinding): string {
  const field = path === '' ? 'the request' : path
  const was = measure === null ? seen : `${measure}${unit === null ? '' : COUNTED[unit]}`
  switch (expected) {
    case 'present':
      return `${field} is missing (${problem})`
    case 'at_most':
    case 'at_least':
      return `${field}: ${was}, ${expected === 'at_most' ? 'at most' : 'at least'} ${limit} (${problem})`
    case 'one_of':
      return `${field}: ${was}, one of ${limit} is expected (${problem})`
    case 'form':
    case 'type':
      return `${field}: ${measure === null ? seen : `${seen}${unit === null ? '' : ' of'} ${was}`}, ${limit ?? 'another'} is expected (${problem})`
  }
}

const UNITS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1000],
] as const

function toSpan(aheadMs: number): string {
  const length = Math.abs(aheadMs)
  const [name, ms] = UNITS.find(([, each]) => length >= 2 * each) ?? ['milliseconds', 1]
  return `${Math.round(length / ms)} ${name} ${aheadMs > 0 ? 'ahead of' : 'behind'}`
}
