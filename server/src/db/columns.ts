import type { ColumnType } from 'kysely'

/** A point in time: epoch milliseconds. */
export type Time = number
/** JSON in a text column. */
export type Json = string
/** A column that is written once. */
export type Fixed<T> = ColumnType<T, T, never>
