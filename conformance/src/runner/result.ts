export const OUTCOMES = ['passed', 'differs', 'known', 'skipped'] as const

/** How one case was judged. */
export interface Result {
  subject: string
  title: string
  outcome: (typeof OUTCOMES)[number]
  /** What differs, a line each, or why it was skipped. */
  details: readonly string[]
}
