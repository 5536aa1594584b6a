import type { BenchDatabase } from './databases.ts'

export interface Settings {
  /** Alternating rounds of each comparison. */
  rounds: number
}

/** One line of the table on one database. */
export interface Figure {
  measure: string
  value: number
  unit: 'ratio' | 'ms' | 'µs' | 'MB' | 'count'
  /** The bar on this database; absent for a measure that only explains another. */
  bar?: { atLeast: number } | { atMost: number }
  /** The absolute numbers behind it: noise on a shared machine. */
  detail: string
}

/** A question to a server, answered on one database. */
export interface Measure {
  /** For `--only`. */
  name: string
  /** Run only where `--only` names it. */
  byNameAlone?: true
  run(database: BenchDatabase, settings: Settings): Promise<Figure[]>
}

export function isMet({ value, bar }: Figure): boolean | undefined {
  if (!bar) return undefined
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost
}
