import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RequestCounts } from './request-counts.ts'

const countsOf = (...requests: [route: string, problem: string, seconds: number][]) => {
  const counts = new RequestCounts()
  for (const request of requests) counts.add(...request)
  return counts.toText().split('\n')
}

describe('counts of requests', () => {
  test('are kept by route and problem', () => {
    const lines = countsOf(['/a', 'ok', 0], ['/a', 'ok', 0], ['/a', 'token.missing', 0], ['/b', 'ok', 0])
    assert.deepEqual(
      lines.filter((line) => line.startsWith('shenpi_requests_total')),
      [
        'shenpi_requests_total{route="/a",problem="ok"} 2',
        'shenpi_requests_total{route="/a",problem="token.missing"} 1',
        'shenpi_requests_total{route="/b",problem="ok"} 1',
      ],
    )
  })

  test('tell how many took no longer than each bucket, its end included', () => {
    const lines = countsOf(['/a', 'ok', 0.001], ['/a', 'ok', 0.002], ['/a', 'ok', 0.02], ['/a', 'ok', 60])
    const at = (end: string) => lines.find((line) => line.includes(`le="${end}"`))?.split(' ')[1]
    const ends = ['0.001', '0.003', '0.01', '0.03', '10', '+Inf']
    assert.deepEqual(ends.map(at), ['1', '2', '2', '3', '3', '4'])
    assert.ok(lines.includes('shenpi_request_duration_seconds_count{route="/a"} 4'))
    assert.ok(lines.includes('shenpi_request_duration_seconds_sum{route="/a"} 60.023'))
  })
})
