import type { Target } from './target.ts'

/** How often each call gave each answer. */
export class Tally {
  answered = 0
  /** Of them, valid requests. */
  valid = 0
  readonly #outcomes: Map<Target, Map<string, number>>

  constructor(targets: readonly Target[]) {
    this.#outcomes = new Map(targets.map((target) => [target, new Map()]))
  }

  count(target: Target, outcome: string, { isValid }: { isValid: boolean }): void {
    this.answered += 1
    if (isValid) this.valid += 1
    const outcomes = this.#outcomes.get(target)
    outcomes?.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }

  /** The calls that succeeded less than so many times. */
  rarelyOk(times: number): string[] {
    return [...this.#outcomes].flatMap(([{ name }, outcomes]) => ((outcomes.get('ok') ?? 0) < times ? name : []))
  }

  /** A line a call: how often it succeeded, and how often it gave each refusal. */
  toString(): string {
    const lines = [...this.#outcomes].map(([{ name }, outcomes]) => {
      const byCount = [...outcomes].sort(([, a], [, b]) => b - a).filter(([outcome]) => outcome !== 'ok')
      const refused = byCount.map(([outcome, count]) => `${outcome} ×${count}`).join('  ')
      return `${name.padEnd(44)} ok ×${String(outcomes.get('ok') ?? 0).padEnd(6)} ${refused}`
    })
    return lines.join('\n')
  }
}
