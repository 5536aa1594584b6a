import type { ApiSavedView } from '@shenpi/sdk/contract/api'

/** The filters of the queue that a view stands for. */
export type ViewFilters = ApiSavedView['filters']

export interface SavedView {
  viewNo: number
  /** Whose it is; {@link EVERYBODY}: of all. */
  staffId: number
  name: string
  filters: ViewFilters
}

/** Whose the views of all are: members of the staff count from 1. */
export const EVERYBODY = 0
