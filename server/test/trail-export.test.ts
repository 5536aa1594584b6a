import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { changeAccount } from '../src/journal/change-account.ts'
import { signedText } from '../src/journal/trail-file.ts'
import { saveStep } from '../src/journal/verification.store.ts'
import { verifyOn } from '../src/journal/verify-on.ts'
import { verifyTrailFile } from '../src/journal/verify-trail-file.ts'
import { DATABASES } from './databases.ts'
import { runShenpi } from './run-shenpi.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const download = async ({ url, apiKey }: Pick<TestServer, 'url' | 'apiKey'>, query = '') => {
  const answer = await fetch(`${url}/api/v1/trail/export${query}`, { headers: { authorization: `Bearer ${apiKey}` } })
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-disposition') ?? '', /attachment; filename="shenpi-trail-[\w-]+\.jsonl"/)
  return await answer.text()
}

const verifyText = async (text: string, x?: string) => {
  async function* lines() {
    yield* text.replace(/\n$/, '').split('\n')
  }
  return await verifyTrailFile(lines(), x)
}

/** An account with a trail of so many entries. */
async function anAccountWith(server: TestServer, entries: number) {
  const { db, clock } = server.services
  const { accountId, appid } = await server.newAccount('Acme')
  await changeAccount(db, accountId, async (account) => {
    for (let index = 1; index < entries; index += 1) {
      account.append({ at: clock.now(accountId), actor: 'staff:李雷', action: 'application.note', detail: { index } })
    }
  })
  return { accountId, appid }
}

for (const kind of DATABASES) {
  describe(`an exported trail on ${kind.name}`, () => {
    test('is whole and signed by the key of the installation, and tells at which line it was changed', async () => {
      await using server = await startTestServer(kind)
      const { appid } = await anAccountWith(server, 1203)
      const { x } = await server.api.getTrailKey()
      const text = await download(server, `?appid=${appid}`)
      const report = await verifyText(text, x)
      assert.deepEqual([report.fault, report.entries, report.head?.appid], [undefined, 1203, appid])
      assert.equal((await server.api.getTrailKey()).x, x)

      const lines = text.trimEnd().split('\n')
      const faultOf = async (changed: readonly string[], by?: string) => {
        const { fault } = await verifyText(changed.join('\n'), by)
        return fault && [fault.line, fault.fault]
      }
      const edit = (at: number, from: string | RegExp, to: string) =>
        lines.with(at - 1, (lines[at - 1] ?? '').replace(from, to))
      const swapped = lines.with(6, lines[7] ?? '').with(7, lines[6] ?? '')
      const foreign = generateKeyPairSync('ed25519')
      const foot = JSON.parse(lines.at(-1) ?? '')
      const signature = sign(null, signedText(foot.sha256), foreign.privateKey).toString('base64url')
      const cases = [
        [edit(700, '李雷', '韩雷'), [700, 'changed']],
        [edit(700, '"actor":', '"actor": '), [700, 'unreadable']],
        [edit(1, /"exported_by":"[^"]+"/, '"exported_by":"staff:nobody"'), [1, 'changed']],
        [edit(lines.length, '"entries":1203', '"entries":1202'), [lines.length, 'cut']],
        [edit(lines.length, foot.last_hash, '0'.repeat(64)), [lines.length, 'changed']],
        [lines.toSpliced(499, 1), [500, 'missing']],
        [lines.toSpliced(499, 0, lines[499] ?? ''), [501, 'out_of_place']],
        [swapped, [7, 'missing']],
        [lines.slice(0, -1), [lines.length - 1, 'cut']],
        [lines.slice(0, 900), [900, 'cut']],
        [lines.toSpliced(-2, 1), [lines.length - 1, 'cut']],
        [
          [...lines, lines[3] ?? ''],
          [lines.length + 1, 'appended'],
        ],
        [lines.with(-1, JSON.stringify({ ...foot, signature })), [lines.length, 'unsigned']],
        [lines.slice(1), [1, 'no_head']],
        [[], [1, 'no_head']],
      ] as const
      for (const [changed, expected] of cases) assert.deepEqual(await faultOf(changed), expected)
      const { x: other } = foreign.publicKey.export({ format: 'jwk' })
      assert.deepEqual(await faultOf(lines, other), [lines.length, 'unsigned'])
    })

    test('holds a period as well, begins where the entries before ended, and stands in the trail itself', async () => {
      await using server = await startTestServer(kind)
      const { api, clock } = server
      for (const name of ['a', 'b', 'c', 'd']) {
        await api.createKey({ body: { name, roles: ['auditor'] } })
        clock.advance(60_000)
      }
      const [, third, second] = (await api.listTrail({})).items
      const period = `?from=${second?.at}&to=${third?.at}`
      const report = await verifyText(await download(server, period))
      const { head, fault, entries } = report
      assert.deepEqual([fault, entries, head?.from_entry, head?.to_entry], [undefined, 1, 3, 3])
      const { items } = await api.listTrail({ query: { action: 'trail.export' } })
      assert.deepEqual(
        items.map(({ actor, detail }) => [actor, detail]),
        [['key:first', { appid: null, from: second?.at, to: third?.at }]],
      )
      const listed = await api.listTrail({ query: { from: second?.at, to: third?.at } })
      assert.deepEqual(
        listed.items.map(({ entry_no }) => entry_no),
        [3],
      )
    })

    test('withholds what one thought of an application that who exports has still to choose about', async () => {
      await using server = await startTestServer(kind)
      const { api } = server
      const settings = { second_opinion: [{ kind: 'device_quota' as const }], undo_seconds: 0 }
      await api.changePolicy({ version: 0, body: { settings, reason: '控制风险' } })
      const { accountId, appid } = await server.newAccount('Acme')
      await api.applyForDeviceQuota({ params: { appid }, body: { quantity: 5, purpose: '开店' } })
      const params = { id: `${accountId}-1` }
      await api.decideApplication({ params, version: 1, body: { move: 'approve', reason: '可疑但可以' } })
      const { key } = await api.createKey({ body: { name: 'other', roles: ['auditor', 'reviewer'] } })
      const text = await download({ url: server.url, apiKey: key }, `?appid=${appid}`)
      assert.doesNotMatch(text, /可疑/)
      const { fault, withheld } = await verifyText(text)
      assert.deepEqual([fault, withheld], [undefined, 1])
      assert.match(await download(server, `?appid=${appid}`), /可疑/)
    })

    test('is verified by the command line without a server', async () => {
      await using server = await startTestServer(kind)
      const { x } = await server.api.getTrailKey()
      await server.api.createKey({ body: { name: 'a', roles: ['auditor'] } })
      const path = join(server.place.dataDir, 'trail.jsonl')
      await writeFile(path, await download(server))
      const keyPath = join(server.place.dataDir, 'key.json')
      await writeFile(keyPath, JSON.stringify(await server.api.getTrailKey()))
      const run = (...args: string[]) => runShenpi(['audit', 'verify', ...args], {})
      const alone = await run(path)
      assert.match(alone.stdout, /of the installation is whole: entries 1 to 3, 3 in all/)
      assert.match(alone.stdout, /the key that the file itself names/)
      for (const key of [x, keyPath]) assert.match((await run(path, '--key', key)).stdout, /the key that you gave/)
      await writeFile(path, (await readFile(path, 'utf8')).replace('key:first', 'key:fifth'))
      const changed = await run(path)
      assert.deepEqual([changed.code, changed.stdout], [1, 'Line 1: the line was changed.\n'])
    })
  })

  describe(`the verification of all trails on ${kind.name}`, () => {
    test('goes on from call to call, ends with what it found and when, and is told in the trail', async () => {
      await using server = await startTestServer(kind)
      const { api, services } = server
      const { accountId, appid } = await anAccountWith(server, 1203)
      assert.deepEqual(await api.getTrailVerification(), { last: null, running: null })
      // Each look at the time takes a second: so a page a step.
      let looks = 0
      const parts = { db: services.db, clock: services.clock, elapsed: () => 600 * looks++ }
      const actor = { type: 'key', name: 'first', roles: [] } as const
      const states: string[] = []
      for (let steps = 0; steps < 20; steps += 1) {
        await verifyOn(parts, actor)
        const { running } = await api.getTrailVerification()
        states.push(running ? String(running.entries) : 'ended')
        if (!running) break
      }
      assert.ok(states.length > 3, states.join())
      const { last } = await api.getTrailVerification()
      assert.deepEqual([last?.state, last?.started_by, last?.faults], ['whole', 'key:first', []])
      assert.ok((last?.entries ?? 0) >= 1203)
      const [told] = (await api.listTrail({})).items
      assert.deepEqual([told?.action, told?.actor], ['trail.verify', 'key:first'])

      await services.db
        .updateTable('audit_entry')
        .set({ actor: 'staff:韩雷' } as never)
        .where('account_id', '=', accountId)
        .where('entry_no', '=', 700)
        .execute()
      const again = await api.verifyTrail()
      assert.equal(again.state, 'broken')
      assert.deepEqual(again.faults, [{ appid, entry_no: 700, fault: 'changed' }])
    })

    test('lets one of two take a step, and begins anew where one was left an hour ago', async () => {
      await using server = await startTestServer(kind)
      await anAccountWith(server, 1203)
      const { db, clock } = server.services
      let looks = 0
      const actor = { type: 'key', name: 'first', roles: [] } as const
      const begun = await verifyOn({ db, clock, elapsed: () => 600 * looks++ }, actor)
      assert.equal(begun.finishedAt, null)
      const next = { ...begun, step: begun.step + 1 }
      assert.deepEqual([await saveStep(db, next), await saveStep(db, next)], [true, false])
      server.clock.advance(60 * 60_000)
      looks = 0
      const anew = await verifyOn({ db, clock, elapsed: () => 600 * looks++ }, actor)
      assert.deepEqual([anew.startedAt, anew.step], [clock.installation(), 1])
    })
  })
}
