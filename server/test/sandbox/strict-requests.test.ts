import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import { isOfSandbox } from '@shenpi/sdk/contract/permissions'
import type { TSchema } from '@sinclair/typebox'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { apiProblem } from '../problem.ts'
import { startTestServer } from '../start-server.ts'

const [anyKind] = DATABASES as [DatabaseKind]
const OFF_PAGES = ['limit', 'cursor']

/** Objects in which something may be left out, and a member that is misspelt would be passed over. */
function lenientIn(schema: TSchema, at: string): string[] {
  if (schema.items) return lenientIn(schema.items, `${at}[]`)
  const members = Object.entries<TSchema>(schema.properties ?? {})
  const required: readonly string[] = schema.required ?? []
  const isNarrowing = members.some(([name]) => !required.includes(name) && !OFF_PAGES.includes(name))
  const own = isNarrowing && schema.additionalProperties !== false ? [at] : []
  return [...own, ...members.flatMap(([name, member]) => lenientIn(member, `${at}.${name}`))]
}

describe('a power of the sandbox', () => {
  const powers = Object.entries<Endpoint>(api).filter(([, { access }]) => isOfSandbox(access))

  test('passes over no member of a request in which what is left out means all', () => {
    const lenient = powers.flatMap(([name, { body, query }]) => [
      ...lenientIn(body, `${name}.body`),
      ...lenientIn(query, `${name}.query`),
    ])
    assert.deepEqual(lenient, [])
  })

  test('is refused where the account is misspelt, instead of reaching all of them', async () => {
    await using server = await startTestServer(anyKind)
    const { appid } = await server.newAccount()
    const send = async (method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${server.apiKey}`, ...(body && { 'content-type': 'application/json' }) }
      const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
      const answer = await fetch(`${server.url}/api/v1/sandbox/${path}`, init)
      return (await answer.json()) as { code: string; detail: string }
    }
    const sent = [
      await send('POST', 'reset', { appId: appid }),
      await send('PUT', 'snapshots/mine', { app_id: appid }),
      await send('GET', `export?appId=${appid}`),
      await send('DELETE', `faults?appId=${appid}`),
      await send('POST', `accounts/${appid}/clock/advance`, { day: 1 }),
    ]
    for (const { code, detail } of sent) assert.match(`${code} ${detail}`, /^request\.malformed (app_?[iI]d|day): /)
    assert.equal((await server.api.getAccount({ params: { appid } })).appid, appid)
    const kept = server.api.restoreSnapshot({ params: { name: 'mine' } })
    await assert.rejects(kept, apiProblem('snapshot.unknown', 404))
  })
})
