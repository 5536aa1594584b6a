import { dueAt } from 'shenpi/src/time/working-days.ts'
import { CallbackModel } from './callback-model.ts'
import type { Said, Step, Subject, WireFault } from './program.ts'

/** What a timeline tells of one thing. */
export interface Told {
  at: string
  type: string
  application: string | null
  text: string
  actor: string | null
  injected_by: string | null
}

interface ModelApplication {
  no: number
  /** What the wire calls it; undefined: the merchant was not told. */
  name?: string
  subject: Subject
  state: 'under_review' | 'approved' | 'rejected'
  overdueAt: number
  scheduled?: Decision & { dueAt: number }
  outcome?: Decision & { dueAt?: number; polls?: number }
}

interface Decision {
  move: 'approve' | 'reject'
  actor: string
}

/** The account is the second, and its first application the one that opened it. */
const idOf = (no: number) => `2-${no}`
const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000
const UNDO_MS = 10_000
const REVIEW_DAYS = 3

const EVENTS: Record<Subject, string | undefined> = {
  category: 'open_product_category_audit',
  'brand-a': 'open_product_brand_audit',
  'brand-b': 'open_product_brand_audit',
  device: undefined,
}
const ENDS = { approve: 'approved', reject: 'rejected' } as const
const iso = (at: number) => new Date(at).toISOString()

/** What an account of a sandbox is to do, in plain words. */
export class Model {
  now: number
  readonly callbacks = new CallbackModel()
  applications: ModelApplication[] = []
  rule: { subject: Subject; said: Said } | null = null
  #entries: Told[] = []
  #kept: string | undefined

  constructor(now: number) {
    this.now = now
  }

  /** @returns the errcode that is answered; undefined: none is, the connection breaks */
  submit(subject: Subject, said: Said | null, fault: WireFault | null): number | undefined {
    if (fault === 'errcode=-1') return -1
    const refusal = this.#refusalOf(subject)
    if (refusal) return refusal
    if (fault === 'cut;where=before_commit') return undefined
    this.#add(subject, said)
    if (fault === null) return 0
    return fault.startsWith('cut') ? undefined : -1
  }

  decide(application: ModelApplication, move: Decision['move'], delay: boolean): void {
    const decision = { move, actor: 'key:first' }
    if (delay) application.scheduled = { ...decision, dueAt: this.now + UNDO_MS }
    else this.#end(application, decision)
  }

  undo(application: ModelApplication): void {
    delete application.scheduled
  }

  keep(): void {
    const { now, applications, rule, callbacks } = this
    this.#kept = JSON.stringify({ now, applications, rule, callbacks: callbacks.state })
  }

  /** Go back to what was kept. What receivers got stays. */
  restore(): void {
    const { callbacks, ...kept } = JSON.parse(this.#kept ?? '{}')
    Object.assign(this, kept)
    // Only a process knows what waits for another: after a restore it waits for its time.
    this.callbacks.state = { ...callbacks, held: undefined }
  }

  /** A status query. @returns the state that it finds */
  poll(application: ModelApplication): ModelApplication['state'] {
    const { outcome } = application
    if (outcome?.polls) outcome.polls -= 1
    else if (outcome?.polls === 0 && !application.scheduled) this.#give(application)
    return application.state
  }

  /** @returns the timeline, or undefined: nothing is due that could be gone to */
  advance(by: Extract<Step, { do: 'advance' }>['by']): Told[] | undefined {
    const from = this.now
    const triesBefore = this.callbacks.tries.length
    this.#entries = []
    this.settle()
    const goal = this.#goalOf(by)
    if (goal === undefined) return undefined
    for (let next = this.nextDue; next !== undefined && next <= goal; next = this.nextDue) {
      this.now = next
      this.settle()
    }
    this.now = goal
    const order = ['month_begin', 'day_begin', 'overdue', 'entry', 'callback']
    const told = [...this.#days(from), ...this.#overdue(from), ...this.#entries, ...this.#tried(triesBefore)]
    return told.sort((a, b) => a.at.localeCompare(b.at) || order.indexOf(a.type) - order.indexOf(b.type))
  }

  /** Do what is due now. */
  settle(): void {
    for (const application of this.applications) {
      const { scheduled } = application
      if (scheduled && scheduled.dueAt <= this.now) this.#end(application, scheduled)
    }
    for (const application of this.applications) this.#settleOutcome(application)
    this.callbacks.settle(this.now)
  }

  #settleOutcome(application: ModelApplication): void {
    const { outcome, scheduled } = application
    if (outcome?.dueAt === undefined || outcome.dueAt > this.now) return
    if (scheduled) outcome.dueAt = Math.max(scheduled.dueAt, this.now) + 1
    else this.#give(application)
  }

  #add(subject: Subject, said: Said | null): void {
    const no = this.applications.length + 2
    const overdueAt = dueAt(new Date(this.now), REVIEW_DAYS).getTime()
    const application: ModelApplication = { no, subject, state: 'under_review', overdueAt }
    this.applications.push(application)
    const byRule = this.rule && kindOf(this.rule.subject) === kindOf(subject) ? this.rule.said : null
    const chosen = said ?? byRule
    if (!chosen || chosen.move === 'hold') return
    const actor = said ? (subject === 'device' ? 'rule:text' : 'rule:header') : 'rule:decide'
    const decision = { move: chosen.move, actor }
    const { when } = chosen
    if (when.type === 'at_once') {
      this.#end(application, decision)
      return
    }
    application.outcome = { ...decision }
    if (when.type === 'polls') application.outcome.polls = when.count
    else if (when.type === 'seconds') application.outcome.dueAt = this.now + when.count * 1000
    else application.outcome.dueAt = dueAt(new Date(this.now), when.count).getTime()
  }

  #refusalOf(subject: Subject): number | undefined {
    const same = this.applications.filter((each) => each.subject === subject)
    if (same.some(({ state }) => state === 'under_review')) return subject === 'device' ? 9001023 : 1050009
    if (subject !== 'device' && same.some(({ state }) => state === 'approved')) return 1050003
    return undefined
  }

  #give(application: ModelApplication): void {
    const { outcome } = application
    delete application.outcome
    if (outcome && application.state === 'under_review') this.#end(application, outcome)
  }

  #end(application: ModelApplication, { move, actor }: Decision): void {
    delete application.scheduled
    application.state = ENDS[move]
    const id = idOf(application.no)
    const text = `application.${move}`
    this.#entries.push({ at: iso(this.now), type: 'entry', application: id, text, actor, injected_by: null })
    const event = EVENTS[application.subject]
    if (event) this.callbacks.promise(id, event, this.now)
  }

  get nextDue(): number | undefined {
    const due = this.applications.flatMap(({ scheduled, outcome }) => [scheduled?.dueAt, outcome?.dueAt])
    return [...due, this.callbacks.nextDue].flatMap((at) => at ?? []).sort((a, b) => a - b)[0]
  }

  #goalOf(by: Extract<Step, { do: 'advance' }>['by']): number | undefined {
    if ('seconds' in by) return this.now + Number(by.seconds) * 1000
    if ('working_days' in by) return dueAt(new Date(this.now), Number(by.working_days)).getTime()
    return this.nextDue
  }

  #days(from: number): Told[] {
    const told: Told[] = []
    const first = Math.floor((from + CHINA_MS) / DAY_MS) + 1
    for (let day = first; day * DAY_MS - CHINA_MS <= this.now; day += 1) {
      const at = iso(day * DAY_MS - CHINA_MS)
      const types = new Date(day * DAY_MS).getUTCDate() === 1 ? ['month_begin', 'day_begin'] : ['day_begin']
      for (const type of types) told.push({ at, type, application: null, text: '', actor: null, injected_by: null })
    }
    return told
  }

  #overdue(from: number): Told[] {
    return this.applications
      .filter(({ state, overdueAt: at }) => state === 'under_review' && at >= from && at < this.now)
      .map(({ no, overdueAt }) => ({
        ...{ at: iso(overdueAt), type: 'overdue', application: idOf(no), text: '', actor: null, injected_by: null },
      }))
  }

  #tried(before: number): Told[] {
    const tried = this.callbacks.tries.slice(before)
    tried.sort((a, b) => a.at - b.at || a.deliveryNo - b.deliveryNo)
    return tried.map(({ at, application, event, text, injected }) => ({
      ...{ at: iso(at), type: 'callback', application, text: `${event}: ${text}`, actor: null, injected_by: injected },
    }))
  }
}

export function kindOf(subject: Subject) {
  if (subject === 'device') return 'device_batch' as const
  return subject === 'category' ? ('category_qualification' as const) : ('brand_qualification' as const)
}
