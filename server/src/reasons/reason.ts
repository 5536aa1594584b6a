import type { KindName, Move } from '@shenpi/sdk/contract/states'

/** A text in both languages, which say the same. */
export interface InBoth {
  zh: string
  en: string
}

/** What a version of a reason says. */
export interface ReasonText {
  /** What it is found by. */
  title: InBoth
  /** What the merchant reads, with `{field}` and `{date}` for what is filled in. */
  text: InBoth
  /** The fields that it is about. */
  fields: readonly string[]
  /** It is offered no more. */
  retired: boolean
}

/** A reason of the library, in one of its versions. */
export interface Reason extends ReasonText {
  reasonNo: number
  version: number
  kind: KindName
  move: Move
  /** Among the reasons of its kind; those of one position go by number. */
  position: number
  changedBy: string
  changedAt: Date
}

/** The most reasons of a kind, retired ones as well. */
export const REASONS_MAX = 200
