import type { KindName } from '@shenpi/sdk/contract/states'

/**
 * The longest time in which a decision can be taken back: what is due later is taken for written by a clock that was ahead.
 * Unit: milliseconds.
 */
export const UNDO_MAX_MS = 60_000

/** What the operator decides about how reviewers decide. */
export interface ReviewPolicy {
  /** Chinese working days that the staff have for a review. Source: docs/protocol/shakearound.md, account/register. */
  reviewWorkingDays: number
  /** How long the decision of a person can be taken back; 0: it takes effect at once; at most {@link UNDO_MAX_MS}. Unit: milliseconds. */
  undoMs: number
  /** Which applications are approved by two different people. */
  secondOpinion: readonly SecondOpinionRule[]
  /** Which decisions are reviewed a second time. Of several rules that fit the one with the largest share holds. */
  samples: readonly SampleRule[]
}

export interface SecondOpinionRule {
  kind: KindName
  /** Only where the number in a field of the kind is larger; absent: always. */
  when?: { field: string; above: number }
}

export interface SampleRule {
  /** Absent: of every kind. */
  kind?: KindName
  /** Of one reviewer, by what tells actors apart; absent: of all. */
  reviewer?: string
  /** Of its decisions. Unit: percent. */
  percent: number
}

/** An installation with one reviewer can approve everything, and that reviewer can mend a slip of the finger. */
export const DEFAULT_REVIEW_POLICY: ReviewPolicy = {
  reviewWorkingDays: 3,
  undoMs: 10_000,
  secondOpinion: [],
  samples: [],
}
