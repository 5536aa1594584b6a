import type { DecisionWay, DeliveryState, KindName } from '@shenpi/sdk/contract/states'
import type { Outcome } from '../applications/application.ts'
import { SPEED_HOURS, SPEED_UNKNOWN } from '../applications/decision-day.ts'
import type { Database } from '../db/open.ts'
import { chinaDay, DAY_MS, midnightOf } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { countDeliveries, countOpenByDue, findOldestOpen } from './dashboard.store.ts'
import type { DecisionDayRow, DecisionDays } from './decision-days.ts'

export interface DecidedOfDay {
  /** As `chinaDay` counts it. */
  day: number
  kind: KindName
  outcome: Outcome
  way: DecisionWay
  decided: number
}

/** How fast the staff and keys decided. Unit: hours of working days, 24 a day; null: nothing was decided. */
export interface Speed {
  medianHours: number | null
  p90Hours: number | null
}

export interface Dashboard {
  open: { overdueLong: number; overdue: number; today: number; tomorrow: number; later: number }
  /** When the open application that is due first was submitted; null: none is open. */
  oldestAppliedAt: Date | null
  days: DecidedOfDay[]
  /** Of the decisions of people and keys: how many, and how many after their due time. */
  reviewed: { decided: number; late: number }
  speed: Speed
  /** What each of the staff and of the keys decided, the busiest first. */
  load: { actor: string; decided: number; late: number }[]
  /** What became of the newest callbacks. */
  callbacks: Record<DeliveryState, number>
}

type Row = DecisionDayRow

/** Names in the answer's list of who decided. */
const LOAD_MAX = 100

/** The callbacks of so long are looked at, and so many of them. */
const CALLBACKS_MS = DAY_MS
export const CALLBACKS_MAX = 10_000

interface Sources {
  db: Database
  clock: Clock
  decisionDays: DecisionDays
}

/** The last so many days, today included. */
export async function readDashboard({ db, clock, decisionDays }: Sources, days: number): Promise<Dashboard> {
  const now = clock.installation()
  const today = chinaDay(now)
  const ends = [new Date(now.getTime() - 3 * DAY_MS), now, midnightOf(today + 1), midnightOf(today + 2)]
  const [rows, [overdueLong = 0, overdue = 0, dueToday = 0, tomorrow = 0, later = 0], oldest, deliveries] =
    await Promise.all([
      decisionDays.list(today - days + 1, today),
      countOpenByDue(db, [...ends, new Date(8.64e15)]),
      findOldestOpen(db),
      countDeliveries(db, new Date(now.getTime() - CALLBACKS_MS), CALLBACKS_MAX),
    ])
  const reviewed = rows.filter(({ actor }) => ['staff', 'key'].includes(wayOf(actor)))
  return {
    open: { overdueLong, overdue, today: dueToday, tomorrow, later },
    oldestAppliedAt: oldest ?? null,
    days: byDay(rows),
    reviewed: { decided: total(reviewed, 'decided'), late: total(reviewed, 'late') },
    speed: speedOf(reviewed),
    load: loadOf(reviewed),
    callbacks: callbacksOf(deliveries),
  }
}

function callbacksOf(deliveries: Awaited<ReturnType<typeof countDeliveries>>): Dashboard['callbacks'] {
  const counts = new Map(deliveries.map(({ state, count }) => [state, Number(count)]))
  const of = (state: DeliveryState) => counts.get(state) ?? 0
  return {
    pending: of('pending'),
    delivered: of('delivered'),
    failed: of('failed'),
    unaddressed: of('unaddressed'),
  }
}

function wayOf(actor: string): DecisionWay {
  if (actor.startsWith('staff:')) return 'staff'
  if (actor.startsWith('key:') || actor === 'api_key') return 'key'
  return actor === 'quick_review' ? 'quick' : 'rule'
}

const total = (rows: readonly Row[], column: 'decided' | 'late') => rows.reduce((sum, row) => sum + row[column], 0)

function byDay(rows: readonly Row[]): DecidedOfDay[] {
  const groups = Map.groupBy(rows, ({ day, kind, outcome, actor }) => [day, kind, outcome, wayOf(actor)].join())
  return [...groups.values()].flatMap((of) => {
    const [first] = of
    if (!first) return []
    const { day, kind, outcome, actor } = first
    return { day, kind, outcome, way: wayOf(actor), decided: total(of, 'decided') }
  })
}

function speedOf(rows: readonly Row[]): Speed {
  const counts = new Map<number, number>()
  for (const { speed, decided } of rows)
    if (speed !== SPEED_UNKNOWN) counts.set(speed, (counts.get(speed) ?? 0) + decided)
  return { medianHours: quantile(counts, 0.5), p90Hours: quantile(counts, 0.9) }
}

/** Within a class as if its decisions were spread evenly. */
function quantile(counts: ReadonlyMap<number, number>, share: number): number | null {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  let passed = 0
  for (let place = 0; place <= SPEED_HOURS.length; place += 1) {
    const count = counts.get(place) ?? 0
    if (count > 0 && passed + count >= all * share) {
      const from = SPEED_HOURS[place - 1] ?? 0
      const to = SPEED_HOURS[place] ?? from
      return from + ((to - from) * (all * share - passed)) / count
    }
    passed += count
  }
  return SPEED_HOURS.at(-1) ?? null
}

function loadOf(rows: readonly Row[]): Dashboard['load'] {
  const of = Map.groupBy(rows, ({ actor }) => actor)
  return [...of]
    .map(([actor, each]) => ({ actor, decided: total(each, 'decided'), late: total(each, 'late') }))
    .toSorted((a, b) => b.decided - a.decided || a.actor.localeCompare(b.actor))
    .slice(0, LOAD_MAX)
}
