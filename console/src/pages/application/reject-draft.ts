export interface RejectDraft {
  reason: string
  /** What the rejection is about, by the names of the kind's fields. */
  fields: string[]
  template?: { reason_no: number; version: number }
}
