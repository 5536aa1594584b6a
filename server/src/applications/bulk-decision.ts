import type { BulkState, KindName, Move } from '@shenpi/sdk/contract/states'
import { Problem } from '../problem.ts'
import { type ApplicationKey, toApplicationId } from './application-id.ts'
import type { Undoer } from './scheduled-decision.ts'

/** A decision about many applications. Its one row says whether what waits of it, in all accounts, counts. */
export interface BulkDecision {
  bulkId: string
  state: BulkState
  kind: KindName
  move: Move
  reason: string
  fields: readonly string[]
  actorKey: string
  actor: string
  applications: readonly ApplicationKey[]
  decidedAt: Date
  /** Until then it is prepared, or can be taken back. Of the machine's time. */
  dueAt: Date
}

/** An application and the version of it that the reviewer looked at. */
export interface ChosenApplication extends ApplicationKey {
  version: number
}

/** @throws Problem `bulk.repeated` */
export function refuseRepeated(chosen: readonly ApplicationKey[]): void {
  const ids = new Set<string>()
  for (const id of chosen.map(toApplicationId)) {
    if (ids.has(id)) throw new Problem('bulk.repeated', `${id} is named twice.`)
    ids.add(id)
  }
}

/** The kind that all are of. @throws Problem `bulk.kinds_differ`, `application.unknown` when there is none of them */
export function theOneKind(kinds: readonly KindName[]): KindName {
  const [kind, ...others] = new Set(kinds)
  if (!kind) throw new Problem('application.unknown')
  if (others.length > 0) throw new Problem('bulk.kinds_differ', `They are ${[kind, ...others].join(', ')}.`)
  return kind
}

/** @throws Problem `decision.not_yours` */
export function refuseOthersUndo({ actor, actorKey }: BulkDecision, by: Undoer): void {
  if (!by.ofOthers && actorKey !== by.actorKey) throw new Problem('decision.not_yours', `${actor} decided.`)
}
