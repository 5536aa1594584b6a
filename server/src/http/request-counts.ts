/** Upper ends of the ranges that durations are sorted into. Unit: seconds. */
const BUCKETS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] as const

interface RouteCounts {
  byProblem: Map<string, number>
  /** Of each range alone, the last of them without an upper end. */
  inBucket: number[]
  seconds: number
}

/** Counts requests in plain numbers: prom-client would put labels in order and hash them for each one. */
export class RequestCounts {
  readonly #byRoute = new Map<string, RouteCounts>()

  /** @param problem its code, `ok` where there was none */
  add(route: string, problem: string, seconds: number): void {
    const counts = this.#of(route)
    counts.byProblem.set(problem, (counts.byProblem.get(problem) ?? 0) + 1)
    let bucket = 0
    while (bucket < BUCKETS.length && seconds > (BUCKETS[bucket] as number)) bucket += 1
    counts.inBucket[bucket] = (counts.inBucket[bucket] ?? 0) + 1
    counts.seconds += seconds
  }

  /** In Prometheus' text format. */
  toText(): string {
    const requests: string[] = []
    const durations: string[] = []
    for (const [route, { byProblem, inBucket, seconds }] of this.#byRoute) {
      for (const [problem, count] of byProblem) {
        requests.push(`shenpi_requests_total{route="${route}",problem="${problem}"} ${count}`)
      }
      let sum = 0
      for (const [bucket, end] of [...BUCKETS, '+Inf'].entries()) {
        sum += inBucket[bucket] ?? 0
        durations.push(`shenpi_request_duration_seconds_bucket{le="${end}",route="${route}"} ${sum}`)
      }
      durations.push(`shenpi_request_duration_seconds_sum{route="${route}"} ${seconds}`)
      durations.push(`shenpi_request_duration_seconds_count{route="${route}"} ${sum}`)
    }
    return [
      '# HELP shenpi_requests_total Requests by route and problem (ok where there was none).',
      '# TYPE shenpi_requests_total counter',
      ...requests,
      '',
      '# HELP shenpi_request_duration_seconds Time from a request to its answer, by route.',
      '# TYPE shenpi_request_duration_seconds histogram',
      ...durations,
      '',
    ].join('\n')
  }

  #of(route: string): RouteCounts {
    const known = this.#byRoute.get(route)
    if (known) return known
    const counts = { byProblem: new Map(), inBucket: [...BUCKETS, 0].map(() => 0), seconds: 0 }
    this.#byRoute.set(route, counts)
    return counts
  }
}
