import { listRecords } from 'shenpi/src/requests/request-record.store.ts'
import { nextDue } from 'shenpi/src/sandbox/clocks/advance-clock.ts'
import type { Services } from 'shenpi/src/services.ts'
import { SERVER } from 'shenpi/src/time/account-clocks.ts'
import { toChinaTime } from 'shenpi/src/time/china-time.ts'

const REQUESTS = 5
/** So much of an answer is shown. */
const ANSWER_MAX = 120
/** Rules of all accounts stand under the number that no account has. */
const EVERYBODY = SERVER

/** What helps to see why something did not come: rules and clock, the last requests, and how to look further. */
export async function tellMore(services: Services, accountId: number, lookFurther: string): Promise<string[]> {
  return [
    '',
    ...(await tellRules(services, accountId)),
    ...(await tellClock(services, accountId)),
    '',
    ...(await tellRequests(services, accountId)),
    '',
    lookFurther,
  ]
}

async function tellRules({ sandbox }: Services, accountId: number): Promise<string[]> {
  if (!sandbox) return []
  const rules = await Promise.all([accountId, EVERYBODY].map((whose) => sandbox.rules.list(whose)))
  const faults = await Promise.all([accountId, EVERYBODY].map((whose) => sandbox.faults.list(whose)))
  return [...tellHits('Rules', rules.flat()), ...tellHits('Faults', faults.flat())]
}

const tellHits = (what: string, rules: readonly { name: string; hits: number }[]): string[] =>
  rules.length === 0 ? [] : [`${what}: ${rules.map(({ name, hits }) => `${name} (hits: ${hits})`).join(', ')}.`]

async function tellClock({ db, clock, sandbox, queues }: Services, accountId: number): Promise<string[]> {
  if (!sandbox) return []
  const next = await nextDue({ db, queues }, accountId)
  const due = next ? `next is due, at ${toChinaTime(next.dueAt)}: ${next.queue}` : 'nothing is due'
  const isFrozen = [accountId, SERVER].some((whose) => sandbox.clocks.settingOf(whose).frozenAt !== null)
  return [
    `Its clock shows ${toChinaTime(clock.now(accountId))} (UTC+8) and ${isFrozen ? 'stands still' : 'runs'}; ${due}.`,
  ]
}

async function tellRequests({ db, requests }: Services, accountId: number): Promise<string[]> {
  await requests.flushAccount(accountId)
  const records = await listRecords(db, { accountId, limit: REQUESTS })
  if (records.length === 0) return ['It has called nothing.']
  return [
    'Its last requests:',
    ...records.reverse().map(({ at, url, rid, responseBody }) => {
      const path = url.split('?')[0]
      return `  ${toChinaTime(at)} ${path} ${responseBody.slice(0, ANSWER_MAX)} rid ${rid}`
    }),
  ]
}
