import { SANDBOX_ACCOUNT } from '../server/src/sandbox/account.ts'
import { baselineKindsOf, targetOf } from './against-baseline.ts'
import { compareLoads, LoadClient, toRequest } from './load.ts'
import type { Figure, Measure } from './measure.ts'
import { startBaseline, startShenpi } from './processes.ts'
import { takeTurns } from './statistics.ts'
import { createApplicant, importCategories, issueToken, submit } from './submissions.ts'

const ROUND_MS = 1000
const WARM_UP_MS = 2000

/**
 * How fast an application's state is told, against a bare Fastify that answers a constant of the same size; and what
 * the baseline reaches, a bare Fastify that reads the application with one statement.
 */
export const statusQuery: Measure = {
  name: 'status',
  async run(database, { rounds }) {
    await using place = await database.place()
    await using server = await startShenpi(place)
    const token = await issueToken(server.url, SANDBOX_ACCOUNT)
    const applied = await post(`${server.url}/shakearound/device/applyid?access_token=${token}`, {
      quantity: 1,
      apply_reason: 'bench',
    })
    const status = { apply_id: JSON.parse(applied).data.apply_id }
    await importCategories(server, 1)
    const applicant = await createApplicant(server)
    await using baseline = await startBaseline(place, 'status', baselineKindsOf(database)[0] as string, targetOf(place))
    const queries = [
      {
        measure: 'status query, device/applystatus',
        server,
        path: `/shakearound/device/applystatus?access_token=${token}`,
        body: status,
        bar: { atLeast: 0.5 },
      },
      {
        measure: 'status query, shop/audit/result',
        server,
        path: `/shop/audit/result?access_token=${applicant.token}`,
        body: { audit_id: await submit(server.url, applicant, 0) },
        bar: { atLeast: 0.5 },
      },
      { measure: 'status query of the baseline', server: baseline, path: '/status?account=1', body: status },
    ]
    const figures: Figure[] = []
    for (const { measure, server: asked, path, body, ...bar } of queries) {
      const answer = await post(asked.url + path, body)
      await using bare = await startBaseline(place, 'constant', path.split('?')[0] as string, answer)
      using first = await LoadClient.open(asked)
      using second = await LoadClient.open(bare)
      const request = toRequest(path, body)
      const run = (client: LoadClient, ms: number) => client.run(() => request, ms)
      await run(first, WARM_UP_MS)
      await run(second, WARM_UP_MS)
      const [loads = [], bareLoads = []] = await takeTurns(rounds, [
        () => run(first, ROUND_MS),
        () => run(second, ROUND_MS),
      ])
      const { ratio, detail } = compareLoads(loads, bareLoads, 'bare Fastify')
      figures.push({ measure, value: ratio, unit: 'ratio', ...bar, detail })
    }
    return figures
  },
}

async function post(url: string, body: unknown): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return answer.text()
}
