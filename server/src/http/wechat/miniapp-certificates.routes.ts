import { CERTIFICATE_TYPE, miniappCertificates } from '@shenpi/sdk/contract/wire'
import { findMiniappCertificates } from '../../miniapp-certificates/miniapp-certificate.store.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import type { ServeCall } from './serve-calls.ts'

export function miniappCertificatesRoutes(serve: ServeCall, { db }: Services): void {
  serve(miniappCertificates.getMiniappCertificate, async ({ account, body: { req_type } }) => {
    const { category_info_list = [], brand_info } = (await findMiniappCertificates(db, account.accountId)) ?? {}
    if (req_type === CERTIFICATE_TYPE.categories && category_info_list.length > 0) return { category_info_list }
    if (req_type === CERTIFICATE_TYPE.brand && brand_info) return { brand_info, category_info_list: [] }
    throw new Problem('certificate.none')
  })
}
