import type { ApplicationState, KindName } from '@shenpi/sdk/contract/states'
import type { Outcome } from '../src/applications/application.ts'
import type { Database } from '../src/db/open.ts'
import type { BeaconScheme } from '../src/device-batches/beacon.ts'
import type { Services } from '../src/services.ts'

/** The beacon scheme of a new database. */
export const SCHEME: BeaconScheme = { uuids: ['FDA50693-A4E2-4FB1-AFCF-C6EB07647825'], nonzeroFrom: 1 }

/** Rows that shakes need, inserted directly: other tests cover the calls that insert them. */

export interface TestDevices {
  accountId: number
  firstDeviceId: number
  lastDeviceId: number
}

/** An account with Shake Nearby open, without the review. */
export async function openShakeNearby(db: Database, accountId: number, state: Outcome = 'approved') {
  await insertApplication(db, accountId, 'account_activation', 9000, state)
}

let nextDeviceId = 20_000

/** A device batch of an account. */
export async function giveDevices(
  db: Database,
  accountId: number,
  of: {
    count: number
    poiId?: number
    firstDeviceId?: number
    /** Whether `device_range` tells of it: a server of an older version writes none. */
    told?: boolean
  },
): Promise<TestDevices> {
  const { count, poiId = 0, firstDeviceId = nextDeviceId, told = true } = of
  nextDeviceId = Math.max(nextDeviceId, firstDeviceId) + count + 10
  const before = await db
    .selectFrom('device_batch')
    .select(({ fn }) => fn.countAll<number>().as('batches'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  const applicationNo = 9001 + before.batches
  await insertApplication(db, accountId, 'device_batch', applicationNo, 'approved')
  const lastDeviceId = firstDeviceId + count - 1
  await db
    .insertInto('device_batch')
    .values({
      account_id: accountId,
      last_device_id: lastDeviceId,
      first_device_id: firstDeviceId,
      application_no: applicationNo,
      account_offset: firstDeviceId,
      comment: '',
      poi_id: poiId,
      allocated_at: 0,
    })
    .execute()
  if (told)
    await db.insertInto('device_range').values({ last_device_id: lastDeviceId, account_id: accountId }).execute()
  return { accountId, firstDeviceId, lastDeviceId }
}

/** Pages with the numbers given, bound to a device. */
export async function bindPages(
  { db, shakes }: Services,
  { accountId, deviceId }: { accountId: number; deviceId: number },
  pages: readonly number[],
  pageUrl = 'https://example.com/p',
) {
  for (const pageId of pages) {
    await db
      .insertInto('page')
      .values({
        account_id: accountId,
        page_id: pageId,
        title: `Page ${pageId}`,
        description: 'Sale today',
        page_url: pageUrl,
        icon_url: 'https://example.com/icon',
        comment: '',
        created_at: 0,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await db.insertInto('device_page').values({ account_id: accountId, device_id: deviceId, page_id: pageId }).execute()
  }
  shakes.bindings.forget(accountId)
}

/** A device's own row. */
export async function bindStore(
  { db, shakes }: Services,
  { accountId, deviceId }: { accountId: number; deviceId: number },
  { poiId, poiAppid = null }: { poiId: number | null; poiAppid?: string | null },
) {
  const columns = { poi_id: poiId, poi_appid: poiAppid }
  await db
    .insertInto('device')
    .values({ account_id: accountId, device_id: deviceId, comment: null, last_active_at: null, ...columns })
    .onConflict((conflict) => conflict.columns(['account_id', 'device_id']).doUpdateSet(columns))
    .execute()
  shakes.bindings.forget(accountId)
}

export async function putStore(
  { db, shakes }: Services,
  accountId: number,
  poiId: number,
  changes: {
    latitude?: number | null
    longitude?: number | null
    state?: ApplicationState
    deleted_at?: number | null
  } = {},
) {
  const columns = { latitude: null, longitude: null, state: 'approved' as const, deleted_at: null, ...changes }
  await db
    .insertInto('store')
    .values({ account_id: accountId, poi_id: poiId, business_name: 'Store', created_at: 0, ...columns })
    .onConflict((conflict) => conflict.columns(['account_id', 'poi_id']).doUpdateSet(columns))
    .execute()
  shakes.bindings.forget(accountId)
}

async function insertApplication(
  db: Database,
  accountId: number,
  kind: Extract<KindName, 'account_activation' | 'device_batch'>,
  applicationNo: number,
  state: Outcome,
) {
  await db
    .insertInto('application')
    .values({
      account_id: accountId,
      application_no: applicationNo,
      kind,
      subject: kind === 'account_activation' ? 'account' : kind,
      state,
      payload: '{}',
      version: 1,
      applied_at: 0,
      due_at: 0,
      decided_at: 0,
      decided_by: 'test',
      reason: '',
      resubmission_of: null,
    })
    .execute()
}
