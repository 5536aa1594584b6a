import type { Place } from '../../server/test/databases.ts'
import { lay } from '../databases.ts'
import { FIRST_APPLICATION_NO, layApplications } from '../lay-applications.ts'
import { layAccountsFrom } from '../lay-devices.ts'
import { startShenpi } from '../processes.ts'
import { type Applicant, importCategories } from '../submissions.ts'
import { layTrails } from './lay-trails.ts'
import { layTokens } from './tokens.ts'

export const FIRST_ACCOUNT_ID = 1001
/** Each may be applied for once by each account. */
export const CATEGORIES = 10_000
/** Applications that wait for a decision: behind all that are laid or submitted before. */
export const UNDER_REVIEW = { from: 100_000_000, count: 100_000 }
/** The application of each account that `device/applystatus` is asked about. */
export const BATCH_NO = 2

/** How much a database holds. */
export interface Size {
  accounts: number
  /** Decided ones, of all accounts. */
  applications: number
}

/** What is asked of a database. */
export interface World extends Size {
  place: Place
  applicants: readonly Applicant[]
}

/** Fill an empty database: accounts that may call, and applications with their pictures and entries of the trail. */
export async function layWorld(place: Place, { accounts, applications }: Size): Promise<World> {
  await using server = await startShenpi(place)
  await importCategories(server, CATEGORIES)
  await layAccountsFrom(place, FIRST_ACCOUNT_ID, accounts)
  const whose = { firstAccountId: FIRST_ACCOUNT_ID, accounts }
  await lay(place, openAccounts(accounts))
  await layApplications(place, { ...whose, count: applications, state: 'rejected' })
  await lay(place, pictures(accounts, FIRST_APPLICATION_NO))
  await layTrails(place, { ...whose, count: applications })
  const applicants = (await layTokens(place, FIRST_ACCOUNT_ID, accounts)).map((merchant) => ({
    ...merchant,
    license: `/p/wx${'0'.repeat(16)}/${keyOf(merchant.accountId)}`,
  }))
  await settle(place)
  return { place, accounts, applications, applicants }
}

/** Give a database what waits for a decision. */
export async function layUnderReview({ place, accounts }: World): Promise<void> {
  await layApplications(place, { firstAccountId: FIRST_ACCOUNT_ID, accounts, ...UNDER_REVIEW, state: 'under_review' })
  await lay(place, pictures(accounts, FIRST_APPLICATION_NO + Math.floor(UNDER_REVIEW.from / accounts)))
  await settle(place)
}

/** As a database is that has been idle for a while. */
async function settle(place: Place): Promise<void> {
  if (!place.databaseUrl) return await lay(place, 'analyze')
  await lay(place, 'vacuum (analyze)')
  await lay(place, 'checkpoint')
}

const keyOf = (accountId: number): string => String(accountId).padStart(10, '0').padEnd(42, '0')

/** Shake Nearby and the shop component are open, and there is a picture. */
function openAccounts(accounts: number): string {
  const own = `account_id >= ${FIRST_ACCOUNT_ID} and account_id < ${FIRST_ACCOUNT_ID + accounts}`
  const approved = (no: number, kind: string, subject: string) =>
    `insert into application (account_id, application_no, kind, subject, state, payload, version, applied_at, due_at,
       decided_at, decided_by, reason)
       select account_id, ${no}, '${kind}', '${subject}', 'approved', '{}', 2, 0, 0, 0, 'bench', ''
       from account where ${own};`
  return `update account set scene_groups = '[1]' where ${own};
    ${approved(1, 'account_activation', 'account')}
    ${approved(BATCH_NO, 'device_batch', 'device_batch')}
    insert into shop_access (account_id, connected_at, finished_items, service_info)
      select account_id, 0, '[]', 'null' from account where ${own};
    insert into device_quota (account_id, ceiling, allocated) select account_id, 10000, 0 from account where ${own};
    insert into picture (account_id, digest, media_type, width, height, bytes, created_at)
      select account_id, 'bench', 'image/png', 1, 1, 1, 0 from account where ${own};
    insert into picture_link (link_key, account_id, digest, purpose, created_at)
      values ${Array.from({ length: accounts }, (_, index) => FIRST_ACCOUNT_ID + index).map((id) => `('${keyOf(id)}', ${id}, 'bench', 'shop', 0)`)}`
}

/** One for each application of a number from here on. */
const pictures = (accounts: number, firstNo: number): string =>
  `insert into application_picture (account_id, application_no, field, position, reference, state, link_key, failure,
     attempts, due_at, leased_until)
     select account_id, application_no, 'license', 0, '/p/wx0000000000000000/000000000000000000000000000000000000000000',
       'stored', '000000000000000000000000000000000000000000', null, 0, 0, 0
     from application where application_no >= ${firstNo}
       and account_id >= ${FIRST_ACCOUNT_ID} and account_id < ${FIRST_ACCOUNT_ID + accounts}`
