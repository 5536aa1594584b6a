import assert from 'node:assert/strict'
import { aCategory, aFile, aPicture } from './factories.ts'
import type { WireClient } from './start-server.ts'

/** The link of an uploaded picture, as applications to a shop carry it. */
export async function uploadDocument(client: WireClient, picture?: Parameters<typeof aPicture>[0]): Promise<string> {
  const file = aFile(await aPicture(picture))
  const { json, text } = await client.upload('/shop/img/upload', file, { resp_type: '1', upload_type: '0' })
  return json.img_info?.temp_img_url ?? assert.fail(text)
}

/** Apply for the category of `aCategory`. @returns the application's id */
export async function applyForCategory(client: WireClient, link?: string): Promise<string> {
  const document = link ?? (await uploadDocument(client))
  const { json, text } = await client.post('/shop/audit/audit_category', aCategory([document], [document]))
  assert.equal(json.errcode, 0, text)
  return json.audit_id
}
