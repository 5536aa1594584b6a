import { api } from '@shenpi/sdk/contract/api'
import { startReceiver } from '../server/test/receiver.ts'
import type { Measure } from './measure.ts'
import { startShenpi } from './processes.ts'
import { percentile } from './statistics.ts'
import { createApplicant, importCategories, submit } from './submissions.ts'

const DECISIONS = 300
/** Deliveries that do not count: the first ones load modules. */
const WARM_UP = 20

/** The time from sending a decision until the merchant's server has the callback, on a server that does nothing else. */
export const decisionToReceiver: Measure = {
  name: 'callback',
  async run(database) {
    await using place = await database.place()
    await using server = await startShenpi(place)
    await using receiver = await startReceiver()
    await importCategories(server, DECISIONS + WARM_UP)
    const applicant = await createApplicant(server)
    const { url, token, encodingAesKey: encoding_aes_key } = receiver
    await server.api.call(api.setCallback, {
      params: { appid: applicant.appid },
      body: { url, token, encoding_aes_key, mode: 'secure', format: 'xml' },
    })
    const times: number[] = []
    for (let count = 0; count < DECISIONS + WARM_UP; count += 1) {
      const id = await submit(server.url, applicant, count)
      const body = { move: 'reject', reason: '证件不清晰' } as const
      const startedAt = performance.now()
      const decision = server.api.call(api.decideApplication, { params: { id }, version: 1, body })
      await receiver.waitFor(count + 1)
      if (count >= WARM_UP) times.push(performance.now() - startedAt)
      await decision
    }
    const bar = { atMost: 100 }
    const detail = `${DECISIONS} decisions, the longest ${percentile(times, 1).toFixed(1)} ms`
    return [
      { measure: 'decision to receiver, p50', value: percentile(times, 0.5), unit: 'ms', detail },
      { measure: 'decision to receiver, p99', value: percentile(times, 0.99), unit: 'ms', bar, detail },
    ]
  },
}
