import { getAccountByAppid } from '../accounts/account.store.ts'
import type { Review } from '../applications/review.ts'
import { changeAccount } from '../journal/change-account.ts'
import { type MiniappCertificates, saveMiniappCertificates } from './miniapp-certificate.store.ts'

/**
 * Record the documents that a mini program was registered with, in place of those before.
 *
 * @throws Problem `account.unknown`
 */
export async function setMiniappCertificates(
  { db, clock }: Pick<Review, 'db' | 'clock'>,
  appid: string,
  certificates: MiniappCertificates,
  actor: string,
): Promise<void> {
  const { accountId } = await getAccountByAppid(db, appid)
  const at = clock.now(accountId)
  const action = 'shop.set_miniapp_certificates'
  await changeAccount(db, accountId, async (account) => {
    await saveMiniappCertificates(account.trx, accountId, certificates)
    account.append({ at, actor, action, detail: certificates })
  })
}
