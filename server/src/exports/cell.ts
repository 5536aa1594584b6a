/** What stands in one cell of a table; a text may be a merchant's. */
export type Cell = string | number | null

/** Rows of a table, some at a time, the head first. */
export type Rows = AsyncIterable<readonly (readonly Cell[])[]>

/** What programs that show tables take for the begin of a formula, or skip before one. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/** A text that no program runs when it opens the file: an apostrophe before what begins as a formula says that it is text. */
export const guardFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)
