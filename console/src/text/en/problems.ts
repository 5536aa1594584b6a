import type { Messages } from '../zh.ts'

/** The server's own words are English. */
export const problems: Messages['problems'] = {}
