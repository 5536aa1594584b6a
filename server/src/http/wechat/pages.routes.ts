import { pages } from '@shenpi/sdk/contract/wire'
import { addPage } from '../../pages/add-page.ts'
import { deletePages } from '../../pages/delete-pages.ts'
import { searchPages } from '../../pages/search-pages.ts'
import { updatePage } from '../../pages/update-page.ts'
import type { Services } from '../../services.ts'
import { toWirePage } from './pages.presenter.ts'
import type { ServeCall } from './serve-calls.ts'

export function pagesRoutes(serve: ServeCall, services: Services): void {
  const { db } = services
  const { bindings } = services.shakes

  serve(pages.pageAdd, async ({ account: { accountId }, body }) => {
    const { title, description, page_url: pageUrl, icon_url: iconUrl, comment = '' } = body
    return { page_id: await addPage(services, accountId, { title, description, pageUrl, iconUrl, comment }) }
  })

  serve(pages.pageUpdate, async ({ account: { accountId }, body }) => {
    const { page_id: pageId, title, description, page_url: pageUrl, icon_url: iconUrl, comment } = body
    await updatePage({ db, bindings }, accountId, { pageId, title, description, pageUrl, iconUrl, comment })
    return { page_id: pageId }
  })

  serve(pages.pageSearch, async ({ account: { accountId }, body }) => {
    const { pages, total } = await searchPages(db, accountId, body)
    return { pages: pages.map(toWirePage), total_count: total }
  })

  serve(pages.pageDelete, async ({ account: { accountId }, body }) => {
    const { page_id, page_ids = [] } = body
    await deletePages(db, accountId, page_id === undefined ? page_ids : [...page_ids, page_id])
    return {}
  })
}
