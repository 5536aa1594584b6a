import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import type { Services } from '../../services.ts'
import { listBrandGrants, listCategoryGrants } from '../../shop-access/grant.store.ts'
import { parseCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

export function grantsRoutes(serve: ServeEndpoint, { db }: Services): void {
  async function pageOf(appid: string, { limit = LIMIT, cursor }: { limit?: number; cursor?: string }) {
    const { accountId } = await getAccountByAppid(db, appid)
    const [after = 0] = cursor ? parseCursor(cursor, 1) : []
    return { accountId, after, limit }
  }

  serve(api.listCategoryGrants, async ({ params, query }) => {
    const page = await pageOf(params.appid, query)
    const grants = await listCategoryGrants(db, page)
    const last = grants.at(page.limit - 1)
    return {
      items: grants.map(({ application_no, granted_at, ...category }) => ({
        ...category,
        ...toGrant(page.accountId, { application_no, granted_at }),
      })),
      next_cursor: last ? toCursor([last.third_cat_id]) : null,
    }
  })

  serve(api.listBrandGrants, async ({ params, query }) => {
    const page = await pageOf(params.appid, query)
    const grants = await listBrandGrants(db, page)
    const last = grants.at(page.limit - 1)
    return {
      items: grants.map(({ brand_id, brand_wording, ...given }) => ({
        brand_id,
        brand_wording,
        ...toGrant(page.accountId, given),
      })),
      next_cursor: last ? toCursor([last.brand_id]) : null,
    }
  })
}

const toGrant = (accountId: number, given: { application_no: number; granted_at: number }) => ({
  application: toApplicationId({ accountId, applicationNo: given.application_no }),
  granted_at: new Date(given.granted_at).toISOString(),
})
