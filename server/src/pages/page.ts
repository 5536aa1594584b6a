/** What is shown after a shake. */
export interface Page {
  pageId: number
  title: string
  description: string
  pageUrl: string
  iconUrl: string
  comment: string
  /** Of a page that was made for a lottery. */
  lotteryNo?: number
}
