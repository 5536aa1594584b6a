import type { Outcome } from './compare-recording.ts'

/** The same difference of one call, told once. */
export interface ReportedDifference {
  method: string
  path: string
  kind: string
  at: string
  recorded: string
  answered: string
  /** Where in the recording, the first ones. */
  lines: number[]
  /** In how many requests. */
  count: number
  /** Ids that the first of these requests names and no answer of the recording gave: they may be the reason. */
  unknown: string[]
}

/** What a comparison found. */
export interface ComparisonReport {
  target: string
  /** Requests that were sent and answered, those that differ, and those that were not sent. */
  compared: number
  differing: number
  passedOver: { reason: string; path: string; count: number }[]
  differences: ReportedDifference[]
  /** Differences beyond those that are told. */
  leftOut: number
  /** Lists that were empty on one side, so that nothing is known of their items: path and member. */
  unseen: string[]
  isCutOff: boolean
}

/** The most that is remembered: a call that differs in everything has some dozens. */
const DIFFERENCES_MAX = 1000
const LINES_MAX = 10
const PASSED_OVER_MAX = 100
const UNSEEN_MAX = 100
const UNKNOWN_MAX = 10

/** Gathers outcomes, and no more of them than a report can hold. */
export class ComparisonReporter {
  readonly #found = new Map<string, ReportedDifference>()
  readonly #passedOver = new Map<string, { reason: string; path: string; count: number }>()
  readonly #unseen = new Set<string>()
  #compared = 0
  #differing = 0
  #leftOut = 0

  add({ passedOver, path, unseen, differences, ...outcome }: Outcome): void {
    if (passedOver !== undefined) {
      this.#passOver(passedOver, path)
      return
    }
    this.#compared += 1
    if (differences.length > 0) this.#differing += 1
    for (const at of unseen) if (this.#unseen.size < UNSEEN_MAX) this.#unseen.add(`${path} ${at}`)
    for (const difference of differences) this.#tell({ path, ...outcome, ...difference })
  }

  #passOver(reason: string, path: string): void {
    const key = `${reason} ${path}`
    const found = this.#passedOver.get(key) ?? { reason, path, count: 0 }
    found.count += 1
    if (this.#passedOver.size < PASSED_OVER_MAX) this.#passedOver.set(key, found)
  }

  #tell({ line, unknown, ...told }: Omit<ReportedDifference, 'lines' | 'count'> & { line: number }): void {
    // Two errmsg of one errcode are one difference: each has a rid of its own.
    const key = JSON.stringify([
      told.method,
      told.path,
      told.kind,
      told.at,
      codeOf(told.recorded),
      codeOf(told.answered),
    ])
    const found = this.#found.get(key)
    if (found) {
      found.count += 1
      if (found.lines.length < LINES_MAX) found.lines.push(line)
    } else if (this.#found.size < DIFFERENCES_MAX) {
      this.#found.set(key, { ...told, lines: [line], count: 1, unknown: unknown.slice(0, UNKNOWN_MAX) })
    } else this.#leftOut += 1
  }

  report(target: string, isCutOff: boolean): ComparisonReport {
    return {
      target,
      compared: this.#compared,
      differing: this.#differing,
      passedOver: [...this.#passedOver.values()],
      differences: [...this.#found.values()],
      leftOut: this.#leftOut,
      unseen: [...this.#unseen],
      isCutOff,
    }
  }
}

const codeOf = (text: string): string => text.replace(/ \(.*\)$/s, '')
