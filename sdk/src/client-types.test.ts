import { test } from 'node:test'
import { createApiClient } from './client.ts'
import { shakearound } from './contract/shakearound.ts'
import { createWireClient } from './wire.ts'

/** Never called: that it compiles is the test. */
async function checkTypes() {
  const wire = createWireClient({ appid: 'wx0', secret: '' })
  const { apply_id } = await wire.shakearound.deviceApplyId({ quantity: 1, apply_reason: 'x' })
  apply_id satisfies number
  const { devices } = await wire.call(shakearound.deviceSearch, { type: 2, last_seen: 0 })
  devices[0]?.page_ids satisfies string | undefined
  await wire.shops.catGet()
  await wire.stores.mediaUploadImg({ buffer: new Uint8Array() })
  // @ts-expect-error: a number is wanted
  await wire.shakearound.deviceApplyId({ quantity: '1', apply_reason: 'x' })
  // @ts-expect-error: something is required
  await wire.shakearound.deviceApplyId()
  // @ts-expect-error: the same for a call that is given
  await wire.call(shakearound.deviceApplyId)
  // @ts-expect-error: the part of this call is called media
  await wire.shops.imgUpload({ buffer: new Blob([]) })

  const client = createApiClient({ url: '', key: '' })
  const { items } = await client.listApplications({ query: { state: 'under_review' } })
  items[0]?.state satisfies 'under_review' | 'approved' | 'rejected' | undefined
  await client.listAccounts()
  // @ts-expect-error: which one?
  await client.getApplication()
  // @ts-expect-error: no such state
  await client.listApplications({ query: { state: 'open' } })
}

test('the clients take and give what the contract says', () => void checkTypes)
