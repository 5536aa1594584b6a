import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { actorName } from '../../actors/actor.ts'
import { findMiniappCertificates } from '../../miniapp-certificates/miniapp-certificate.store.ts'
import { setMiniappCertificates } from '../../miniapp-certificates/set-miniapp-certificates.ts'
import type { Services } from '../../services.ts'
import type { ServeEndpoint } from './endpoint.ts'

export function miniappCertificatesRoutes(serve: ServeEndpoint, services: Services): void {
  const { db } = services

  serve(api.getMiniappCertificates, async ({ params: { appid } }) => {
    const { accountId } = await getAccountByAppid(db, appid)
    return (await findMiniappCertificates(db, accountId)) ?? { category_info_list: [], brand_info: null }
  })

  serve(
    api.setMiniappCertificates,
    async ({ actor, params: { appid }, body: { category_info_list, brand_info = null } }) => {
      const certificates = { category_info_list, brand_info }
      await setMiniappCertificates(services, appid, certificates, actorName(actor))
      return certificates
    },
  )
}
