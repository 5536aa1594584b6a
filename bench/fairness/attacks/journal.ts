import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { type Applicant, submit } from '../../submissions.ts'
import { type Attack, createApplicants, keepAt } from '../target.ts'

const SUBMISSIONS_AT_ONCE = 24
/** How long the lock is held at a time, in milliseconds: less than a server waits for it. */
const HELD_MS = 4000
const RELEASED_MS = 50

/** A6: one account's submissions wait for its journal, which somebody beside the server holds (on PostgreSQL). */
export const heldJournal: Attack = async (target) => {
  const [applicant] = (await createApplicants(target, 1)) as [Applicant]
  const { databaseUrl } = target.place
  return async () => {
    if (databaseUrl) await hold(databaseUrl, applicant.accountId)
    let category = 0
    keepAt(SUBMISSIONS_AT_ONCE, () => {
      category += 1
      return submit(target.url, applicant, category % 1000)
    })
  }
}

/** @returns as soon as the lock is held for the first time */
async function hold(databaseUrl: string, accountId: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  await client.connect()
  const take = async () => {
    await client.query('begin')
    await client.query('select from account_journal where account_id = $1 for update', [accountId])
  }
  await take()
  keepAt(1, async () => {
    await wait(HELD_MS)
    await client.query('rollback')
    await wait(RELEASED_MS)
    await take()
  })
}
