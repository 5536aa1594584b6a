import { test } from 'node:test'
import { createApiClient } from './client.ts'
import type { ApplicationState } from './contract/states.ts'
import { deviceBatches } from './contract/wire/device-batches.ts'
import { devices } from './contract/wire/devices.ts'
import { createWireClient } from './wire.ts'

/** Never called: the test is that it compiles. */
async function checkTypes() {
  const wire = createWireClient({ appid: 'wx0', secret: '' })
  const { apply_id } = await wire.deviceBatches.deviceApplyId({ quantity: 1, apply_reason: 'x' })
  apply_id satisfies number
  const found = await wire.call(devices.deviceSearch, { type: 2, last_seen: 0 })
  found.devices[0]?.page_ids satisfies string | undefined
  await wire.categories.catGet()
  await wire.pictures.mediaUploadImg({ buffer: new Uint8Array() })
  // @ts-expect-error: a number is wanted
  await wire.deviceBatches.deviceApplyId({ quantity: '1', apply_reason: 'x' })
  // @ts-expect-error: something is required
  await wire.deviceBatches.deviceApplyId()
  // @ts-expect-error: the same for a call that is given
  await wire.call(deviceBatches.deviceApplyId)
  // @ts-expect-error: the part of this call is called media
  await wire.pictures.imgUpload({ buffer: new Blob([]) })

  const client = createApiClient({ url: '', key: '' })
  const { items } = await client.listApplications({ query: { state: 'under_review' } })
  items[0]?.state satisfies ApplicationState | undefined
  await client.listAccounts()
  // @ts-expect-error: which one?
  await client.getApplication()
  // @ts-expect-error: no such state
  await client.listApplications({ query: { state: 'open' } })
}

test('the clients accept and return the types of the contract', () => void checkTypes)
