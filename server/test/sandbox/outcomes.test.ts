import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { claimApplication } from '../../src/applications/claim-application.ts'
import type { PolledApplications } from '../../src/applications/review.ts'
import { carryOutOutcome } from '../../src/sandbox/outcomes/carry-out-outcome.ts'
import { findOutcome, listPolling } from '../../src/sandbox/outcomes/outcome.store.ts'
import { uploadDocument } from '../apply-for-category.ts'
import { DATABASES } from '../databases.ts'
import { aCategory, aFile, aPicture, aStore } from '../factories.ts'
import { startReceiver } from '../receiver.ts'
import { startTestServer, type WireClient } from '../start-server.ts'
import { applyForBatch, type Json, openMerchant, putRule, STATUS, send, statusOf } from './outcome-calls.ts'

/** A call that is meant to do its work. */
async function succeed(...call: Parameters<typeof send>): Promise<Json> {
  const answer = await send(...call)
  assert.equal(answer.errcode, 0, JSON.stringify(answer))
  return answer
}

async function uploadPhoto(merchant: WireClient): Promise<string> {
  const form = new FormData()
  form.set('buffer', aFile(await aPicture({ format: 'jpeg' }), 'image/jpeg'), 'photo.jpg')
  return (await merchant.form('/cgi-bin/media/uploadimg', form)).json.url
}

for (const kind of DATABASES) {
  describe(`outcomes of a sandbox on ${kind.name}`, () => {
    test('wait for their time, are met by an advance, and are told once', async () => {
      await using server = await startTestServer(kind)
      const merchant = await openMerchant(server)
      await using receiver = await startReceiver()
      const { api } = server
      const params = { appid: merchant.appid }
      await api.setCallback({
        params,
        body: { url: receiver.url, token: receiver.token, mode: 'plain', format: 'json' },
      })
      const outcome = '[reject:证件不清晰;after=3wd]'.replace(/[^ -~]+/g, encodeURIComponent)
      const { poi_id } = (await succeed(
        server,
        merchant,
        '/cgi-bin/poi/addpoi',
        aStore(await uploadPhoto(merchant)),
        outcome,
      )) as { poi_id: number }
      const [waiting] = (await api.listOutcomes({ params, query: {} })).items
      assert.deepEqual([waiting?.state, waiting?.due_at], ['waiting', '2026-03-19T15:59:59.999Z'])
      const { next_due } = await api.getClock({ params })
      assert.deepEqual(next_due, { queue: 'outcomes', at: waiting?.due_at })
      await api.advanceClock({ params, body: { working_days: 2 } })
      assert.equal((await api.listOutcomes({ params, query: {} })).items[0]?.state, 'waiting')
      const { timeline, stopped } = await api.advanceClock({ params, body: { working_days: 1 } })
      assert.equal(stopped, null)
      assert.deepEqual(
        timeline.flatMap(({ type, at, text, actor }) => (type === 'entry' ? [[at, text, actor]] : [])),
        [[waiting?.due_at, 'application.reject', 'rule:header']],
      )
      const { message } = await receiver.waitFor(1)
      assert.deepEqual([message.PoiId, message.msg], [String(poi_id), '证件不清晰'])
      const again = await server.connect(merchant)
      const { json } = await again.post('/cgi-bin/poi/getpoi', { poi_id })
      assert.equal(json.business.base_info.available_state, 4)
    })

    test('wait for status queries of the wire: so many find it under review, the next one finds it decided', async () => {
      await using server = await startTestServer(kind)
      const merchant = await openMerchant(server)
      const ask = async (path: string, body: object | undefined, read: (json: Json) => unknown) => {
        const { json, text } = body ? await merchant.post(path, body) : await merchant.get(path)
        assert.equal(json.errcode ?? 0, 0, text)
        return read(json)
      }
      const polled = '[approve:polls=2]'
      const { data } = await applyForBatch(server, merchant, { outcome: polled })
      const { poi_id } = await succeed(
        server,
        merchant,
        '/cgi-bin/poi/addpoi',
        aStore(await uploadPhoto(merchant)),
        polled,
      )
      const link = await uploadDocument(merchant)
      const category = aCategory([link], [link])
      const { audit_id } = await succeed(server, merchant, '/shop/audit/audit_category', category, polled)
      await succeed(server, merchant, '/shop/register/apply_scene', { scene_group_id: 3 }, polled)
      const queries: [string, object | undefined, (json: Json) => unknown, unknown][] = [
        ['/shakearound/device/applystatus', { apply_id: data.apply_id }, (json) => json.data.audit_status, 2],
        ['/cgi-bin/poi/getpoi', { poi_id }, (json) => json.business.base_info.available_state, 3],
        ['/shop/audit/result', { audit_id }, (json) => json.data.status, 1],
        [
          '/shop/register/check',
          {},
          (json) => json.data.scene_group_list.find((scene: Json) => scene.group_id === 3)?.status,
          1,
        ],
      ]
      for (const [path, body, read, decided] of queries) {
        const told = [await ask(path, body, read), await ask(path, body, read), await ask(path, body, read)]
        assert.deepEqual([told[0] === told[1], told[1] === decided, told[2]], [true, false, decided], path)
      }
      // A list of stores asks for each of them that it shows; a query of another application asks for none.
      await succeed(server, merchant, '/cgi-bin/poi/addpoi', aStore(await uploadPhoto(merchant)), '[approve:polls=0]')
      await ask('/cgi-bin/poi/getpoi', { poi_id }, () => undefined)
      const polling = async () =>
        (await server.api.listOutcomes({ params: { appid: merchant.appid }, query: {} })).items.filter(
          ({ state }) => state === 'polling',
        ).length
      assert.equal(await polling(), 1)
      const states = await ask('/cgi-bin/poi/getpoilist', { begin: 0, limit: 10 }, (json) =>
        json.business_list.map(({ base_info }: Json) => base_info.available_state),
      )
      assert.deepEqual([states, await polling()], [[3, 3], 0])
    })

    test('wait for status queries, and one of an application finds no other', async () => {
      await using server = await startTestServer(kind)
      const merchant = await openMerchant(server)
      const { db } = server.services
      for (let left = 3; left > 0; left -= 1) {
        const store = aStore(await uploadPhoto(merchant))
        await succeed(server, merchant, '/cgi-bin/poi/addpoi', store, '[approve:polls=2]')
      }
      const { account_id } = await db
        .selectFrom('account')
        .select('account_id')
        .where('appid', '=', merchant.appid)
        .executeTakeFirstOrThrow()
      const find = async (about: PolledApplications) => await listPolling(db, account_id, about)
      const all = await find({ kinds: ['store'] })
      assert.equal(all.length, 3)
      const [first, second, third] = all
      assert.ok(first && second && third)
      assert.deepEqual(await find({ kinds: ['store'], applicationNo: second.applicationNo }), [second])
      assert.deepEqual(await find({ kinds: ['store'], subjects: [third.subject, first.subject] }), [first, third])
      assert.deepEqual(await find({ kinds: ['store'], subjects: [] }), [])
      assert.deepEqual(await find({ kinds: ['device_batch', 'shop_scene'] }), [])
    })

    test('are not taken from a header that holds what no database stores', async () => {
      await using server = await startTestServer(kind)
      const merchant = await openMerchant(server)
      const { errcode, errmsg } = await applyForBatch(server, merchant, { outcome: '[reject:a%00b]' })
      assert.equal(errcode, 47001)
      assert.match(errmsg, /\[reject:a b\]: it holds U\+0000/)
    })

    test('leave an application to the staff, and decide none that somebody else has decided', async () => {
      await using server = await startTestServer(kind)
      const merchant = await openMerchant(server)
      const { api } = server
      const params = { appid: merchant.appid }
      // A small batch is approved at once, but for what is held.
      await putRule(server, merchant, 'rejects', { outcome: { move: 'reject', reason: 'no' } })
      const held = await applyForBatch(server, merchant, { quantity: 10, comment: '[hold]' })
      assert.equal(held.data.audit_status, STATUS.under_review)
      assert.equal((await statusOf(merchant, held.data.apply_id)).audit_status, STATUS.under_review)
      const [left] = (await api.listOutcomes({ params, query: {} })).items
      assert.deepEqual([left?.state, left?.by], ['left', 'rule:text'])
      const decide = (id: string, more = {}) =>
        api.decideApplication({ params: { id }, version: 1, body: { move: 'approve', reason: '', ...more } })
      await decide(left?.application ?? '')
      await api.deleteOutcomeRule({ params: { ...params, name: 'rejects' } })

      const late = async (comment: string) => {
        const { data } = await applyForBatch(server, merchant, { comment })
        const [{ application } = { application: '' }] = (await api.listOutcomes({ params, query: {} })).items
        return { apply_id: data.apply_id, application }
      }
      const stateOf = async (id: string) =>
        (await api.listOutcomes({ params, query: {} })).items.find(({ application }) => application === id)?.state
      const overtaken = await late('[reject:late;after=1h]')
      await decide(overtaken.application)
      await api.advanceClock({ params, body: { seconds: 3600 } })
      assert.equal((await statusOf(merchant, overtaken.apply_id)).audit_status, STATUS.approved)
      assert.equal(await stateOf(overtaken.application), 'overtaken')

      // Behind a decision that can be taken back it waits; when it is taken back the outcome counts.
      const staged = await late('[reject:staged;after=1s]')
      await decide(staged.application, { delay: true })
      await api.advanceClock({ params, body: { seconds: 5 } })
      assert.equal(await stateOf(staged.application), 'waiting')
      await api.undoDecision({ params: { id: staged.application } })
      await api.advanceClock({ params, body: { seconds: 60 } })
      assert.equal((await statusOf(merchant, staged.apply_id)).audit_comment, 'staged')
      const behind = await late('[reject:behind;after=1s]')
      await decide(behind.application, { delay: true })
      await api.advanceClock({ params, body: { seconds: 60 } })
      assert.equal((await statusOf(merchant, behind.apply_id)).audit_status, STATUS.approved)
      assert.equal(await stateOf(behind.application), 'overtaken')
      const { items } = await api.listTrail({ query: { ...params, limit: 200 } })
      const decided = items.filter(({ action }) => action === 'application.approve' || action === 'application.reject')
      assert.equal(decided.length, new Set(decided.map(({ application }) => application)).size, 'none is decided twice')
    })

    test('need a second opinion and are sampled where the policy says so, and a refusal leaves them to the staff', async () => {
      await using server = await startTestServer(kind)
      const merchant = await openMerchant(server)
      const { api } = server
      const params = { appid: merchant.appid }
      const settings = { second_opinion: [{ kind: 'device_batch' as const }], samples: [{ percent: 100 }] }
      await api.changePolicy({ version: 0, body: { settings, reason: 'two pairs of eyes' } })
      const { data } = await applyForBatch(server, merchant, { comment: '[approve]' })
      assert.equal((await statusOf(merchant, data.apply_id)).audit_status, STATUS.under_review)
      const [first] = (await api.listOutcomes({ params, query: {} })).items
      const { stage, opinions } = await api.getApplication({ params: { id: first?.application ?? '' } })
      assert.deepEqual([stage, opinions.map(({ by }) => by)], ['second_opinion', ['rule:text']])
      await api.decideApplication({
        params: { id: first?.application ?? '' },
        version: 2,
        body: { move: 'approve', reason: '' },
      })
      await applyForBatch(server, merchant, { comment: '[reject:no]' })
      const { items: samples } = await api.listSamples({ query: {} })
      assert.equal(samples.length >= 1, true)

      // The account may have no more devices by the time: approving refuses what was promised.
      await api.changePolicy({
        version: 1,
        body: { settings: { second_opinion: [], samples: [] }, reason: 'one is enough' },
      })
      const { data: promised } = await applyForBatch(server, merchant, { comment: '[approve;after=1d]' })
      await server.services.db
        .updateTable('device_quota')
        .set({ ceiling: 700 })
        .where('account_id', '=', merchant.accountId)
        .execute()
      const advanced = await api.advanceClock({ params, body: { seconds: 86_400 } })
      assert.equal(advanced.stopped, null)
      assert.ok(advanced.timeline.some(({ text }) => text === 'application.decision_refused'))
      const [refused] = (await api.listOutcomes({ params, query: {} })).items
      assert.deepEqual([refused?.state, refused?.refusal?.code], ['refused', 'device.quota_exceeded'])
      const again = await server.connect(merchant)
      assert.equal((await statusOf(again, promised.apply_id)).audit_status, STATUS.under_review)
    })

    test('pass over a claim, and are given once to a worker that has them twice', async () => {
      await using server = await startTestServer(kind)
      const merchant = await openMerchant(server)
      const { api, services } = server
      const params = { appid: merchant.appid }
      const { data } = await applyForBatch(server, merchant, { comment: '[reject:claimed;after=1h]' })
      const key = { accountId: merchant.accountId, applicationNo: data.apply_id }
      const job = (await findOutcome(services.db, key)) ?? assert.fail('nothing waits')
      // A worker that took it before it was due, or put off, gives it no earlier.
      await carryOutOutcome(services.review, job)
      assert.equal((await findOutcome(services.db, key))?.state, 'waiting')
      await claimApplication(services.review, key, { actor: 'staff:李雷', actorKey: 'staff:1' })
      await api.advanceClock({ params, body: { seconds: 3600 } })
      await carryOutOutcome(services.review, job)
      assert.equal((await findOutcome(services.db, key))?.state, 'effective')
      assert.equal((await statusOf(merchant, data.apply_id)).audit_comment, 'claimed')
      const { items } = await api.listTrail({ query: { ...params, limit: 200 } })
      const decided = items.filter(({ action }) => action === 'application.reject')
      assert.deepEqual(
        decided.map(({ detail }) => Object(detail).override),
        ['claimed by staff:李雷'],
      )
    })
  })
}
