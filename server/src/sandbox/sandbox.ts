import type { Review } from '../applications/review.ts'
import type { Caches } from '../caches.ts'
import type { Database } from '../db/open.ts'
import type { Entropy } from '../entropy/entropy.ts'
import { Gate } from '../jobs/gate.ts'
import type { Queue } from '../jobs/queue.ts'
import { UnclaimedRecords } from '../requests/unclaimed-records.ts'
import { AccountClocks } from '../time/account-clocks.ts'
import type { Clock } from '../time/clock.ts'
import { listClocks } from './clocks/clock.store.ts'
import { CallbackFaults } from './faults/callback-faults.ts'
import { CommitWatch } from './faults/commit-watch.ts'
import { FaultRules } from './faults/fault-rules.ts'
import { outcomeQueue } from './outcomes/outcome.queue.ts'
import { Outcomes } from './outcomes/outcomes.ts'
import { RuleBook } from './outcomes/rule-book.ts'
import { SnapshotTurns } from './state/snapshot-turns.ts'

/** What a sandbox alone has. Production has none: whoever asks for a part of it finds nothing there. */
export interface Sandbox {
  clocks: AccountClocks
  rules: RuleBook
  outcomes: Outcomes
  faults: FaultRules
  callbackFaults: CallbackFaults
  /** For faults that undo what a call changes. */
  commits: CommitWatch
  /** Requests whose caller never became known. */
  unclaimed: UnclaimedRecords
  /** What it does by itself, beside what every server does. */
  queues: readonly Queue<{ review: Review }>[]
  /** Where what reads the database to write to it goes through, so that another state can take its place. */
  gate: Gate
  /** In which snapshots are taken, gone back to and deleted. */
  snapshots: SnapshotTurns
  /** Makes what a reset leads to, and answers the path: see `state/template.ts`. */
  template: () => Promise<string>
}

interface Parts extends Pick<Sandbox, 'template'> {
  db: Database
  caches: Caches
  /** What the clocks run on. */
  machine: Clock
  entropy: Entropy
}

/** A sandbox as it was left. */
export async function openSandbox({ db, caches, machine, entropy, template }: Parts): Promise<Sandbox> {
  const clocks = await AccountClocks.open(machine, () => listClocks(db), caches)
  const rules = new RuleBook(db, caches)
  const faults = new FaultRules({ db, clock: machine, entropy, caches })
  return {
    clocks,
    rules,
    outcomes: new Outcomes(rules),
    faults,
    callbackFaults: new CallbackFaults({ db, clock: clocks, rules: faults, caches }),
    commits: new CommitWatch(db),
    unclaimed: new UnclaimedRecords(caches),
    queues: [outcomeQueue],
    gate: new Gate(),
    snapshots: new SnapshotTurns(),
    template,
  }
}
