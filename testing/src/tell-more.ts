import { listRecords } from 'shenpi/src/requests/request-record.store.ts'
import { nextDue } from 'shenpi/src/sandbox/clocks/advance-clock.ts'
import type { Services } from 'shenpi/src/services.ts'
import { toChinaTime } from 'shenpi/src/time/china-time.ts'

const REQUESTS = 5

/** What helps to see why something did not come: rules and clock, the last requests, and how to look further. */
export async function tellMore(services: Services, accountId: number, lookFurther: string): Promise<string[]> {
  return [
    '',
    ...(await tellClock(services, accountId)),
    '',
    ...(await tellRequests(services, accountId)),
    '',
    lookFurther,
  ]
}

async function tellClock({ db, clock, sandbox, queues }: Services, accountId: number): Promise<string[]> {
  if (!sandbox) return []
  const next = await nextDue({ db, queues }, accountId)
  const due = next ? `${next.queue} is due at ${toChinaTime(next.dueAt)}` : 'nothing is due'
  return [`Its clock shows ${toChinaTime(clock.now(accountId))} (UTC+8); ${due}.`]
}

async function tellRequests({ db, requests }: Services, accountId: number): Promise<string[]> {
  await requests.flushAccount(accountId)
  const records = await listRecords(db, { accountId, limit: REQUESTS })
  if (records.length === 0) return ['It has called nothing.']
  return [
    'Its last requests:',
    ...records.reverse().map(({ at, url, rid, responseBody }) => {
      const path = url.split('?')[0]
      return `  ${toChinaTime(at)} ${path} ${responseBody.slice(0, 80)} rid ${rid}`
    }),
  ]
}
