import { expose, type Sample } from './exposition.ts'

/** Upper ends of the ranges that durations are sorted into. Unit: seconds. */
const BUCKETS: readonly number[] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]

interface RouteCounts {
  byProblem: Map<string, number>
  /** Of each range alone, the last of them without an upper end. */
  inBucket: number[]
  seconds: number
}

/** Counts requests in plain numbers: this stands on the path of every answer. */
export class RequestCounts {
  readonly #byRoute = new Map<string, RouteCounts>()

  /** @param problem its code, `ok` where there was none */
  add(route: string, problem: string, seconds: number): void {
    const counts = this.#of(route)
    counts.byProblem.set(problem, (counts.byProblem.get(problem) ?? 0) + 1)
    let bucket = 0
    for (const end of BUCKETS) {
      if (seconds <= end) break
      bucket += 1
    }
    counts.inBucket[bucket] = (counts.inBucket[bucket] ?? 0) + 1
    counts.seconds += seconds
  }

  /** In Prometheus' text format. */
  toText(): string {
    return [
      expose(
        'shenpi_requests_total',
        'counter',
        'Requests by route and problem (ok where there was none).',
        this.#requests(),
      ),
      expose(
        'shenpi_request_duration_seconds',
        'histogram',
        'Time from a request to its answer, by route.',
        this.#durations(),
      ),
    ].join('\n')
  }

  *#requests(): Iterable<Sample> {
    for (const [route, { byProblem }] of this.#byRoute) {
      for (const [problem, value] of byProblem) yield { labels: { route, problem }, value }
    }
  }

  *#durations(): Iterable<Sample> {
    for (const [route, { inBucket, seconds }] of this.#byRoute) {
      let sum = 0
      for (const [bucket, le] of [...BUCKETS, '+Inf'].entries()) {
        sum += inBucket[bucket] ?? 0
        yield { suffix: '_bucket', labels: { le, route }, value: sum }
      }
      yield { suffix: '_sum', labels: { route }, value: seconds }
      yield { suffix: '_count', labels: { route }, value: sum }
    }
  }

  #of(route: string): RouteCounts {
    const known = this.#byRoute.get(route)
    if (known) return known
    const counts = { byProblem: new Map(), inBucket: [...BUCKETS, 0].map(() => 0), seconds: 0 }
    this.#byRoute.set(route, counts)
    return counts
  }
}
