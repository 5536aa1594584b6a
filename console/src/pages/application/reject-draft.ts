import { fields as chineseFields } from '../../text/zh/fields.ts'

/** The most that a merchant's client shows of a reason: 250 Chinese characters or 500 letters. */
export const REASON_WEIGHT_MAX = 500

export interface RejectDraft {
  reason: string
  /** What the rejection is about, by the names of the kind's fields. */
  fields: string[]
  template?: { reason_no: number; version: number }
}

/** A reason of the library with the fields that were named; a day the reviewer fills in. */
export function fillReason(text: string, fields: readonly string[]): string {
  const words: Readonly<Record<string, string>> = chineseFields
  const named = fields.map((field) => words[field] ?? field).join('、')
  return named ? text.replaceAll('{field}', named) : text
}
