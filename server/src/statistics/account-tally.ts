import type { CountedSubject } from '@shenpi/sdk/contract/states'
import type { CallbackEvent } from '../callbacks/event.ts'
import { chinaDay } from '../time/china-time.ts'
import type { TallyRoom } from './tally-room.ts'
import { VisitorSketch } from './visitor-sketch.ts'

export type Interaction = 'shake' | 'click'
const INTERACTIONS = ['shake', 'click'] as const satisfies Interaction[]

/** A day of one device or page. */
interface CountKey {
  day: number
  subject: CountedSubject
  subjectId: number
}

/** What one day adds up to for one device or page. */
export interface Count extends CountKey {
  views: Record<Interaction, number>
  visitors: Record<Interaction, VisitorSketch>
}

/** The event of a shake, not yet a delivery. */
export type ShakeEvent = Omit<CallbackEvent, 'dueAt'>

/** The part of an account's tally that one transaction writes. */
export interface TallyChunk {
  accountId: number
  counts: Count[]
  /** When each device was shaken last, in epoch milliseconds. */
  activeAt: Map<number, number>
  events: ShakeEvent[]
}

/** The most that one transaction writes: a few milliseconds' work. */
const CHUNK = { counts: 256, devices: 128, events: 128 } as const

/** One account's interactions since the last flush, added up. */
export class AccountTally {
  readonly #room: TallyRoom
  /** By what `keyOf` makes of day and subject. */
  readonly #counts = new Map<number, Count>()
  readonly #activeAt = new Map<number, number>()
  readonly #events: ShakeEvent[] = []

  /** @param room shared by all accounts */
  constructor(room: TallyRoom) {
    this.#room = room
  }

  /** Count one interaction of one person, for the device and for the page, if there is room. */
  count(interaction: Interaction, of: { deviceId: number; pageId: number; visitor: number; at: Date }): void {
    const day = chinaDay(of.at)
    this.#add({ day, subject: 'device', subjectId: of.deviceId }, interaction, of.visitor)
    this.#add({ day, subject: 'page', subjectId: of.pageId }, interaction, of.visitor)
    if (interaction === 'shake' && this.#room.admits()) this.#markActive(of.deviceId, of.at.getTime())
  }

  addEvent(event: ShakeEvent): void {
    this.#events.push(event)
    this.#room.taken += 1
  }

  /** Put back what could not be written, before what came after it. */
  takeBack(chunk: TallyChunk): void {
    this.#room.taken -= sizeOf(chunk)
    for (const count of chunk.counts) this.#merge(count)
    for (const [deviceId, at] of chunk.activeAt) this.#markActive(deviceId, at)
    this.#events.unshift(...chunk.events)
    this.#room.taken += chunk.events.length
  }

  /** All of it in chunks for short transactions, in the order of their keys. */
  toChunks(accountId: number): TallyChunk[] {
    const counts = [...this.#counts.values()].sort((a, b) => a.subjectId - b.subjectId)
    const devices = [...this.#activeAt].sort(([a], [b]) => a - b)
    const events = this.#events
    const lengths = [counts.length / CHUNK.counts, devices.length / CHUNK.devices, events.length / CHUNK.events]
    return Array.from({ length: Math.ceil(Math.max(...lengths)) }, (_, chunk) => {
      const slice = <T>(of: readonly T[], size: number) => of.slice(chunk * size, (chunk + 1) * size)
      return {
        accountId,
        counts: slice(counts, CHUNK.counts),
        activeAt: new Map(slice(devices, CHUNK.devices)),
        events: slice(events, CHUNK.events),
      }
    })
  }

  #add(key: CountKey, interaction: Interaction, visitor: number): void {
    if (!this.#room.admits()) return
    const count = this.#countOf(key)
    count.views[interaction] += 1
    if (count.visitors[interaction].add(visitor)) this.#room.taken += 1
  }

  #merge(from: Count): void {
    const into = this.#countOf(from)
    for (const interaction of INTERACTIONS) {
      const visitors = into.visitors[interaction]
      into.views[interaction] += from.views[interaction]
      this.#room.taken -= visitors.room
      visitors.merge(from.visitors[interaction])
      this.#room.taken += visitors.room
    }
  }

  #markActive(deviceId: number, at: number): void {
    const known = this.#activeAt.get(deviceId)
    if (known === undefined) this.#room.taken += 1
    this.#activeAt.set(deviceId, Math.max(at, known ?? 0))
  }

  #countOf({ day, subject, subjectId }: CountKey): Count {
    const key = keyOf({ day, subject, subjectId })
    const known = this.#counts.get(key)
    if (known) return known
    const views = { shake: 0, click: 0 }
    const visitors = { shake: new VisitorSketch(), click: new VisitorSketch() }
    const count = { day, subject, subjectId, views, visitors }
    this.#counts.set(key, count)
    this.#room.taken += 1
    return count
  }
}

/** Rows, visitors and events of a chunk. */
export function sizeOf({ counts, activeAt, events }: TallyChunk): number {
  const visitors = counts.reduce((sum, { visitors: { shake, click } }) => sum + shake.room + click.room, 0)
  return counts.length + visitors + activeAt.size + events.length
}

/** One number is looked up faster than a text. Subjects stay below 2⁴⁶, and what waits to be written below 64 days. */
function keyOf({ day, subject, subjectId }: CountKey): number {
  return (subjectId * 64 + (day % 64)) * 2 + (subject === 'page' ? 1 : 0)
}
