import { type ApiClock, type ApiHappening, api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions } from './remote.ts'
import { printTable, toLocalSecond } from './table.ts'

type ClockOptions = RemoteOptions & { advance?: string; to?: string; freeze?: true; run?: true }

/** Show an account's clock, set it, or let its time pass. */
export async function clock(appid: string, options: ClockOptions): Promise<void> {
  const { advance, to, freeze, run } = options
  const asked = Object.entries({ advance, to, freeze, run }).filter(([, value]) => value !== undefined)
  if (asked.length > 1) throw new Error(`${asked.map(([name]) => `--${name}`).join(' and ')}: one of them`)
  const target = advance === undefined ? to !== undefined && { to } : readDuration(advance)
  const client = await connect(options)
  const params = { appid }
  if (target) {
    const advanced = await client.call(api.advanceClock, { params, body: target })
    answer(options, advanced, ({ clock: now, timeline, stopped }) => {
      printTimeline(timeline)
      if (stopped !== null) console.log(`It stopped before its target: ${stopped}.`)
      printClock(now)
    })
    return
  }
  const body = { frozen: freeze === true }
  const isSet = freeze || run
  answer(
    options,
    await (isSet ? client.call(api.setClock, { params, body }) : client.call(api.getClock, { params })),
    printClock,
  )
}

const DURATION = /^(\d{1,9})(s|m|h|d|wd)$/
const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** @throws Error in a sentence when it is none */
function readDuration(text: string): { seconds?: number; working_days?: number } {
  if (text === 'next') return {}
  const [, count, unit] = DURATION.exec(text) ?? []
  if (count === undefined) throw new Error(`--advance ${text}: 90s, 15m, 12h, 2d, 3wd or next is expected`)
  if (unit === 'wd') return { working_days: Number(count) }
  return { seconds: Number(count) * SECONDS[unit as keyof typeof SECONDS] }
}

const WORDS: Readonly<Record<ApiHappening['type'], string>> = {
  month_begin: 'a month begins',
  day_begin: 'a day begins',
  token_end: 'an access token ends',
  overdue: 'an application is overdue',
  entry: '',
  callback: 'callback ',
}

function printTimeline(timeline: readonly ApiHappening[]): void {
  printTable(
    ['at (UTC+8)', 'application', 'what', 'by'],
    timeline.map(({ at, type, application, text, actor }) => [
      toLocalSecond(at),
      application ?? '',
      `${WORDS[type]}${text}`,
      actor ?? '',
    ]),
    'Nothing happened.',
  )
}

function printClock({ now, frozen, next_due }: ApiClock): void {
  const next = next_due ? `, and ${next_due.queue} is due next at ${toLocalSecond(next_due.at)}` : ''
  console.log(`It is ${toLocalSecond(now)} (UTC+8)${frozen ? ', standing still' : ''}${next}.`)
}
