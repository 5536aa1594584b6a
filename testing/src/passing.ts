/** How much time passes: the sum of what is given, or up to a time. Nothing: to the next time at which something is due. */
export interface Passing {
  to?: Date | string
  workingDays?: number
  days?: number
  hours?: number
  minutes?: number
  seconds?: number
}

/** Something that happened to an account while time passed. */
export interface Happening {
  /** By the account's time. */
  at: Date
  type: 'month_begin' | 'day_begin' | 'token_end' | 'overdue' | 'entry' | 'callback'
  /** The application's id, as staff know it. */
  application: string | null
  /** The action of the trail, or the event of the callback and how its try ended. */
  text: string
  actor: string | null
}
