import { submitApplication } from '../src/applications/submit-application.ts'
import { openComponent } from '../src/shop-access/change-shop-access.ts'
import { aCategoryOf } from './factories.ts'
import type { TestServer } from './start-server.ts'

/** Applications under review, in accounts of their own, one a minute. */
export async function submitSome(server: TestServer, count: number): Promise<string[]> {
  const { review } = server.services
  const { accountId } = await server.newAccount()
  await openComponent(review, accountId, 'test')
  const ids: string[] = []
  for (let level3 = 1; level3 <= count; level3 += 1) {
    const { applicationNo } = await submitApplication(review, aCategoryOf(accountId, level3))
    ids.push(`${accountId}-${applicationNo}`)
    // Some share a moment, so that the order needs the rest of the key.
    if (level3 % 3 === 0) server.clock.advance(60_000)
  }
  return ids
}
