import { aFile, aPicture, aRegistration } from '../factories.ts'
import type { TestServer } from '../start-server.ts'

/** What a merchant may write, and no page may run, lay out or read backwards. */
export const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp.exe'

/** So many accounts each apply for the opening of Shake Nearby, with two pictures. Answers the ids, the most urgent first. */
export async function fillQueue(server: TestServer, count: number): Promise<string[]> {
  const picture = aFile(await aPicture({ width: 320, height: 200 }))
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const client = await server.newAccount(`Shop ${index}`)
    const { json } = await client.upload('/shakearound/material/add', picture, {}, 'type=license')
    const link: string = json.data.pic_url
    const apply_reason = index === 0 ? HOSTILE : `我们在深圳有${index}家门店，希望向顾客发放优惠券。`
    const sent = aRegistration({ apply_reason, qualification_cert_urls: [link, link] })
    await client.post('/shakearound/account/register', sent)
    server.clock.advance(60_000)
    ids.push(`${client.accountId}-1`)
  }
  return ids
}
