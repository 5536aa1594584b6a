import type { Page } from '../../pages/page.ts'

export function toWirePage({ pageId, title, description, pageUrl, iconUrl, comment }: Page) {
  return { page_id: pageId, title, description, page_url: pageUrl, icon_url: iconUrl, comment }
}
