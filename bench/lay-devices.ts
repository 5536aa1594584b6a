import type { Place } from '../server/test/databases.ts'
import { lay } from './databases.ts'

/** Devices that come with one application. */
const BATCH = 500
/** Every so many devices there is one with a page. */
export const APART = 3
export const PAGES = 100
/** The first device ID. No others are handed out. */
export const FIRST_DEVICE_ID = 1_000_000

/**
 * Give accounts devices in batches, the accounts in turn, each third device with a page, all bound to a store at
 * Shenzhen. The accounts have Shake Nearby open.
 *
 * @param accountIds a range of accounts that have nothing yet
 */
export async function layDevices(
  place: Place,
  { devices, firstAccountId, accounts }: { devices: number; firstAccountId: number; accounts: number },
): Promise<void> {
  const batches = Math.ceil(devices / BATCH)
  const own = `account_id >= ${firstAccountId} and account_id < ${firstAccountId + accounts}`
  const ownerOf = (batch: string) => `${firstAccountId} + (${batch}) % ${accounts}`
  const numbers = (count: number, step = 1) =>
    `with recursive n(i) as (select 0 union all select i + ${step} from n where i < ${(count - 1) * step})`
  await lay(
    place,
    `begin;
    insert into application (account_id, application_no, kind, subject, state, payload, version, applied_at, due_at,
      decided_at, decided_by, reason)
      select account_id, 1000001, 'account_activation', 'account', 'approved', '{}', 2, 0, 0, 0, 'bench', ''
      from account where ${own} and not exists (select 1 from application as opened
        where opened.account_id = account.account_id and opened.kind = 'account_activation');
    insert into store (account_id, poi_id, business_name, created_at, latitude, longitude)
      select account_id, 1, 'Store', 0, 22.54, 114.06 from account where ${own};
    ${numbers(PAGES)}
    insert into page (account_id, page_id, title, description, page_url, icon_url, comment, created_at)
      select account_id, i + 1, 'Title', 'Subtitle', 'https://example.com/page', 'https://example.com/icon', '', 0
      from account, n where ${own};
    ${numbers(batches)}
    insert into application (account_id, application_no, kind, subject, state, payload, version, applied_at, due_at,
      decided_at, decided_by, reason)
      select ${ownerOf('i')}, 2000000 + i, 'device_batch', 'device_batch', 'approved', '{}', 2, 0, 0, 0, 'bench', ''
      from n;
    ${numbers(batches)}
    insert into device_batch (account_id, last_device_id, first_device_id, application_no, account_offset, comment,
      poi_id, allocated_at)
      select ${ownerOf('i')}, ${FIRST_DEVICE_ID + BATCH - 1} + i * ${BATCH}, ${FIRST_DEVICE_ID} + i * ${BATCH},
        2000000 + i, i * ${BATCH}, '', 1, 0 from n;
    ${numbers(batches)}
    insert into device_range (last_device_id, account_id)
      select ${FIRST_DEVICE_ID + BATCH - 1} + i * ${BATCH}, ${ownerOf('i')} from n;
    ${numbers(Math.floor(devices / APART), APART)}
    insert into device_page (account_id, device_id, page_id)
      select ${ownerOf(`i / ${BATCH}`)}, ${FIRST_DEVICE_ID} + i, 1 + i % ${PAGES} from n;
    update device_quota set ceiling = ${devices}, allocated = ${devices} where ${own};
    commit;
    analyze`,
  )
}

/** The appid of an account that {@link layAccountsFrom} creates. */
export const laidAppid = (accountId: number): string => `wx${accountId.toString(16).padStart(16, '0')}`

/** Create accounts with unknown secrets. */
export async function layAccountsFrom(place: Place, firstAccountId: number, accounts: number): Promise<void> {
  const ids = Array.from({ length: accounts }, (_, index) => firstAccountId + index)
  const rows = ids.map((id) => `(${id}, '${laidAppid(id)}', 'gh_bench${id}', 'Bench', '', '[]', 0)`)
  await lay(
    place,
    `insert into account (account_id, appid, original_id, name, secret_hash, scene_groups, created_at) values ${rows};
    insert into account_journal (account_id, application_no, entry_no, delivery_no, entry_hash, event_time)
      values ${ids.map((id) => `(${id}, 0, 0, 0, '', 0)`)}`,
  )
}
