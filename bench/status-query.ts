import { SANDBOX_ACCOUNT } from '../server/src/sandbox/account.ts'
import { LoadClient, toRequest } from './load.ts'
import type { Figure, Measure } from './measure.ts'
import { startByHand, startShenpi } from './processes.ts'
import { pair } from './statistics.ts'
import { createApplicant, importCategories, issueToken, submit } from './submissions.ts'

const ROUND_MS = 1000
const WARM_UP_MS = 2000

/** How fast an application's state is told, against a bare Fastify that answers a constant of the same size. */
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
    await importCategories(server, 1)
    const applicant = await createApplicant(server)
    const queries = [
      {
        measure: 'status query, device/applystatus',
        path: `/shakearound/device/applystatus?access_token=${token}`,
        body: { apply_id: JSON.parse(applied).data.apply_id },
      },
      {
        measure: 'status query, shop/audit/result',
        path: `/shop/audit/result?access_token=${applicant.token}`,
        body: { audit_id: await submit(server.url, applicant, 0) },
      },
    ]
    const figures: Figure[] = []
    for (const { measure, path, body } of queries) {
      const answer = await post(server.url + path, body)
      await using bare = await startByHand(place, 'constant', path.split('?')[0] as string, answer)
      using ours = await LoadClient.open(server.url)
      using theirs = await LoadClient.open(bare.url)
      const request = toRequest(path, body)
      const run = (client: LoadClient, ms: number) => client.run(() => request, ms)
      await run(ours, WARM_UP_MS)
      await run(theirs, WARM_UP_MS)
      const { ratio, first, second } = await pair(
        rounds,
        () => run(ours, ROUND_MS),
        () => run(theirs, ROUND_MS),
      )
      const detail = `${Math.round(first)}/s, bare Fastify ${Math.round(second)}/s`
      figures.push({ measure, value: ratio, unit: 'ratio', bar: { atLeast: 0.5 }, detail })
    }
    return figures
  },
}

async function post(url: string, body: unknown): Promise<string> {
  return (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).text()
}
