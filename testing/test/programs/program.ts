import fc from 'fast-check'

/** What applications are about; two of one subject are never open at once. */
export const SUBJECTS = ['category', 'brand-a', 'brand-b', 'device'] as const
export type Subject = (typeof SUBJECTS)[number]

/** What a sandbox is told to make of an application. */
export interface Said {
  move: 'approve' | 'reject' | 'hold'
  when: { type: 'at_once' } | { type: 'seconds' | 'working_days' | 'polls'; count: number }
}

export const WIRE_FAULTS = [
  'errcode=-1',
  'cut;where=before_commit',
  'errcode=-1;where=after_commit',
  'cut;where=after_commit',
] as const
export type WireFault = (typeof WIRE_FAULTS)[number]

/** What changes when and how often a message goes. */
const TIMING_EFFECTS = ['callback_drop', 'callback_duplicate', 'callback_delay', 'callback_reorder'] as const

const CALLBACK_EFFECTS = [
  ...TIMING_EFFECTS,
  'callback_stale_timestamp',
  'callback_wrong_signature',
  'callback_wrong_key',
  'callback_old_key',
  'callback_truncate',
] as const

export interface CallbackFault {
  effect: (typeof CALLBACK_EFFECTS)[number]
  times: number
  seconds: number
}

export const RECEIVER_WAYS = ['accept', 'fail', 'hang'] as const
export type ReceiverWay = (typeof RECEIVER_WAYS)[number]

export type Step =
  | { do: 'submit'; subject: Subject; said: Said | null; fault: WireFault | null }
  | { do: 'decide'; nth: number; move: 'approve' | 'reject'; delay: boolean }
  | { do: 'undo'; nth: number }
  | { do: 'poll'; nth: number }
  | { do: 'advance'; by: { seconds: number } | { working_days: number } | Record<string, never> }
  | { do: 'strike'; fault: CallbackFault | null }
  | { do: 'receive'; way: ReceiverWay }
  | { do: 'rule'; rule: { subject: Subject; said: Said } | null }
  /** A new receiver with a key of its own; a snapshot; back to the last one. */
  | { do: 'move' | 'keep' | 'restore' }

const said: fc.Arbitrary<Said> = fc.record({
  move: fc.constantFrom('approve', 'reject', 'hold'),
  when: fc.oneof(
    fc.constant({ type: 'at_once' as const }),
    fc.record({ type: fc.constant('seconds' as const), count: fc.constantFrom(1, 5, 9, 10, 11, 3600) }),
    fc.record({ type: fc.constant('working_days' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ type: fc.constant('polls' as const), count: fc.integer({ min: 0, max: 2 }) }),
  ),
})
const subject = fc.constantFrom(...SUBJECTS)
const nth = fc.nat(5)

const submit: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('submit' as const),
  subject,
  said: fc.option(said, { nil: null, freq: 2 }),
  fault: fc.option(fc.constantFrom(...WIRE_FAULTS), { nil: null, freq: 1 }),
})
const decide: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('decide' as const),
  nth,
  move: fc.constantFrom('approve', 'reject'),
  delay: fc.boolean(),
})
const undo: fc.Arbitrary<Step> = fc.record({ do: fc.constant('undo' as const), nth })
const poll: fc.Arbitrary<Step> = fc.record({ do: fc.constant('poll' as const), nth })
const advance: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('advance' as const),
  by: fc.oneof(
    fc.constant({}),
    fc.record({ seconds: fc.constantFrom(1, 5, 10, 15, 100, 3600, 90_000) }),
    fc.record({ working_days: fc.integer({ min: 1, max: 5 }) }),
  ),
})
const strikeBy = (effects: readonly CallbackFault['effect'][]): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('strike' as const),
    fault: fc.option(
      fc.record({
        effect: fc.constantFrom(...effects),
        times: fc.integer({ min: 1, max: 3 }),
        seconds: fc.constantFrom(1, 5, 60),
      }),
      { nil: null },
    ),
  })
const receive: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('receive' as const),
  way: fc.constantFrom(...RECEIVER_WAYS),
})
const rule: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('rule' as const),
  rule: fc.option(fc.record({ subject, said }), { nil: null }),
})
const move: fc.Arbitrary<Step> = fc.record({ do: fc.constant('move' as const) })
const snapshot: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom('keep', 'restore') })

const LENGTH = { minLength: 3, maxLength: 14, size: 'max' } as const

/** Everything that there is. */
const mixed = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: submit },
    { weight: 3, arbitrary: decide },
    { weight: 1, arbitrary: undo },
    { weight: 2, arbitrary: poll },
    { weight: 4, arbitrary: advance },
    { weight: 3, arbitrary: strikeBy(CALLBACK_EFFECTS) },
    { weight: 1, arbitrary: receive },
    { weight: 1, arbitrary: rule },
    { weight: 1, arbitrary: move },
    { weight: 1, arbitrary: snapshot },
  ),
  LENGTH,
)

const rejected: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('submit' as const),
  subject,
  said: fc.constant<Said>({ move: 'reject', when: { type: 'at_once' } }),
  fault: fc.constant(null),
})
const seconds: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('advance' as const),
  by: fc.record({ seconds: fc.constantFrom(1, 5, 15) }),
})

/** Many callbacks within few seconds, most of them struck, which meet one another. */
const busy = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.tuple(strikeBy(TIMING_EFFECTS), rejected) },
      { weight: 3, arbitrary: fc.tuple(seconds) },
      { weight: 1, arbitrary: fc.tuple(rejected) },
      { weight: 1, arbitrary: fc.tuple(receive) },
      { weight: 1, arbitrary: fc.tuple(snapshot) },
    ),
    { ...LENGTH, maxLength: 9 },
  )
  .map((bursts) => bursts.flat())

/** What a merchant, its staff, its receiver and the clock do, one after another. */
export const programs: fc.Arbitrary<Step[]> = fc.oneof(mixed, busy)
