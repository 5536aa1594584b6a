import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { ApiProblem, createApiClient } from '@shenpi/sdk/client'
import { NOTES_MAX } from '@shenpi/sdk/contract/api/notes'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import type { Role } from '@shenpi/sdk/contract/states'
import { carryOutDecision } from '../src/applications/carry-out-decision.ts'
import { scheduledDecisionQueue } from '../src/applications/scheduled-decision.queue.ts'
import { REASONS_MAX } from '../src/reasons/reason.ts'
import { DATABASES } from './databases.ts'
import { apiProblem } from './problem.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { submitSome } from './submit-some.ts'

/** A client with a key of its own. */
async function clientOf(server: TestServer, name: string, roles: Role[]) {
  const { key } = await server.api.createKey({ body: { name, roles } })
  return createApiClient({ url: server.url, key })
}

/** Let everything take effect that is due: the worker of the server looks by a time that a test cannot move. */
async function carryOutDue({ services: { db, review, clock } }: TestServer) {
  const { accountIds } = await scheduledDecisionQueue.listDue(db, clock, 0)
  for (const accountId of accountIds) {
    for (;;) {
      const jobs = await scheduledDecisionQueue.claim(db, clock, { accountId, limit: 200 })
      if (jobs.length === 0) break
      for (const job of jobs) await carryOutDecision(review, job)
    }
  }
}

const chosen = (ids: readonly string[]) => ids.map((id) => ({ id, version: 1 }))

async function problemOf(refused: Promise<unknown>): Promise<ApiProblem> {
  const error = await refused.then(
    () => assert.fail('it was not refused'),
    (error: unknown) => error,
  )
  if (!(error instanceof ApiProblem)) throw error
  return error
}

for (const kind of DATABASES) {
  describe(`what stands between an application and its outcome, on ${kind.name}`, () => {
    test('is told to a page that comes too late, and filters and counts the queue', async () => {
      await using server = await startTestServer(kind)
      const [a = '', b = '', c = '', d = ''] = await submitSome(server, 4)
      const li = await clientOf(server, 'li', ['reviewer'])
      const lead = await clientOf(server, 'lead', ['lead'])
      await server.api.changePolicy({
        version: 0,
        body: { settings: { second_opinion: [{ kind: 'category_qualification' }] }, reason: 'two pairs of eyes' },
      })

      const claim = await li.claimApplication({ params: { id: a } })
      assert.deepEqual([claim.by, claim.mine], ['key:li', true])
      const claimed = await problemOf(lead.claimApplication({ params: { id: a } }))
      assert.deepEqual(
        [claimed.code, claimed.members],
        ['application.claimed', { claim: { by: 'key:li', until: claim.until } }],
      )
      await assert.rejects(li.takeOverClaim({ params: { id: a } }), apiProblem('permission.missing', 403))
      assert.equal((await lead.takeOverClaim({ params: { id: a } })).by, 'key:lead')

      const first = await li.decideApplication({
        params: { id: b },
        version: 1,
        body: { move: 'approve', reason: '好' },
      })
      assert.deepEqual([first.state, first.stage, first.opinions[0]?.note], ['under_review', 'second_opinion', '好'])
      const seen = await lead.getApplication({ params: { id: b } })
      assert.deepEqual([seen.opinions[0]?.by, seen.opinions[0]?.note, seen.approvals_needed], ['key:li', null, 2])
      const stale = await problemOf(
        lead.decideApplication({ params: { id: b }, version: 1, body: { move: 'approve' } }),
      )
      assert.deepEqual(stale.members.application, {
        ...{ state: 'under_review', stage: 'second_opinion', version: 2, reason: '' },
        ...{ decided_by: null, decided_at: null },
        opinion: { by: 'key:li', at: server.clock.now().toISOString(), move: 'approve' },
      })

      const body = { move: 'reject' as const, reason: '不清晰', fields: ['license'], delay: true }
      const waiting = await li.decideApplication({ params: { id: c }, version: 1, body })
      assert.deepEqual(
        [waiting.scheduled?.by, waiting.scheduled?.mine, waiting.scheduled?.leads_to, waiting.scheduled?.fields],
        ['key:li', true, 'outcome', ['license']],
      )
      assert.equal((await lead.getApplication({ params: { id: c } })).scheduled?.mine, false)
      const idsOf = async (query: Parameters<typeof li.listApplications>[0]) =>
        (await li.listApplications(query)).items.map(({ id }) => id)
      assert.deepEqual(await idsOf({ query: { claim: 'others' } }), [a])
      assert.deepEqual(await idsOf({ query: { claim: 'free' } }), [b, c, d])
      assert.deepEqual(await idsOf({ query: { claim: 'mine' } }), [])
      assert.deepEqual(await idsOf({ query: { stage: 'second_opinion' } }), [b])
      assert.deepEqual(await idsOf({ query: { stage: 'scheduled' } }), [c])
      assert.deepEqual(await idsOf({ query: { stage: 'open', claim: 'free' } }), [d])
      assert.deepEqual(await idsOf({ query: { due: 'later' } }), [a, b, c, d])
      assert.deepEqual(await idsOf({ query: { due: 'later', limit: 2 } }), [a, b])
      await assert.rejects(
        li.listApplications({ query: { due: 'later', state: 'approved' } }),
        apiProblem('request.malformed', 400),
      )
      const counts = {
        open: 4,
        due: { overdue: 0, today: 0, later: 4 },
        claim: { mine: 0, free: 3, others: 1 },
        stage: { second_opinion: 1, scheduled: 1, refused: 0 },
      }
      assert.deepEqual(await li.countApplications(), counts)
      assert.deepEqual(await li.countApplications({ query: { kind: 'category_qualification' } }), counts)
      assert.equal((await li.countApplications({ query: { kind: 'store' } })).open, 0)

      await assert.rejects(
        (await clientOf(server, 'wang', ['reviewer'])).undoDecision({ params: { id: c } }),
        apiProblem('decision.not_yours', 403),
      )
      assert.equal((await lead.undoDecision({ params: { id: c } })).stage, 'open')
      await assert.rejects(li.undoDecision({ params: { id: c } }), apiProblem('decision.none_scheduled', 409))
      await li.decideApplication({ params: { id: c }, version: 1, body })
      server.clock.advance(10_000)
      await carryOutDue(server)
      const rejected = await li.getApplication({ params: { id: c } })
      assert.deepEqual([rejected.state, rejected.rejected_fields, rejected.scheduled], ['rejected', ['license'], null])
      const late = await problemOf(li.decideApplication({ params: { id: c }, version: 1, body }))
      assert.deepEqual([late.code, Object.keys(late.members)], ['application.closed', ['application']])
    })

    test('tells nobody what the first of two thought before there is an outcome', async () => {
      await using server = await startTestServer(kind)
      const ids = await submitSome(server, 2)
      const [id = ''] = ids
      const [li, han] = [await clientOf(server, 'li', ['lead']), await clientOf(server, 'han', ['lead'])]
      const settings = { second_opinion: [{ kind: 'category_qualification' as const }] }
      await server.api.changePolicy({ version: 0, body: { settings, reason: 'two pairs of eyes' } })
      const reason = '执照已电话核实'
      const body = { applications: chosen(ids), move: 'approve', reason, delay: true } as const
      const bulk = await li.createBulkDecision({ body })
      const answers = async () => [
        await han.getApplication({ params: { id } }),
        await han.getBulkDecision({ params: { id: bulk.id } }),
        await han.listApplicationTrail({ params: { id } }),
        await han.listTrail({ query: { appid: (await han.getApplication({ params: { id } })).appid } }),
        await han.listApplications(),
        await han.getTries({ params: { id } }),
        await han.search({ query: { q: id } }),
      ]
      const tells = async () => JSON.stringify(await answers()).includes(reason)
      assert.equal((await li.getBulkDecision({ params: { id: bulk.id } })).reason, reason)
      assert.equal(await tells(), false, 'while it waits')
      server.clock.advance(10_000)
      await carryOutDue(server)
      assert.equal(await tells(), false, 'when it stands')
      await han.decideApplication({ params: { id }, version: 2, body: { move: 'approve', delay: true } })
      assert.equal(await tells(), false, 'while the second can be taken back')
      server.clock.advance(10_000)
      await carryOutDue(server)
      const seen = await han.getApplication({ params: { id } })
      assert.deepEqual([seen.state, seen.opinions[0]?.note], ['approved', reason])
    })

    test('lets no decision take effect of who may decide no more', async () => {
      await using server = await startTestServer(kind)
      const [a = '', b = '', c = ''] = await submitSome(server, 3)
      const li = await clientOf(server, 'li', ['reviewer'])
      const lead = await clientOf(server, 'lead', ['lead'])
      const body = { move: 'approve', delay: true } as const
      await li.decideApplication({ params: { id: a }, version: 1, body })
      await lead.createBulkDecision({ body: { ...body, applications: chosen([b]) } })
      await server.api.decideApplication({ params: { id: c }, version: 1, body })
      for (const name of ['li', 'lead']) await server.api.revokeKey({ params: { name } })
      server.clock.advance(10_000)
      await carryOutDue(server)
      for (const id of [a, b]) {
        const { state, stage, scheduled } = await server.api.getApplication({ params: { id } })
        const refused = [state, stage, scheduled?.refusal?.code]
        assert.deepEqual(refused, ['under_review', 'refused', 'decision.decider_barred'])
      }
      assert.equal((await server.api.getApplication({ params: { id: c } })).state, 'approved')
    })

    test('is decided in bulk for all applications or for none, and taken back as one', async () => {
      await using server = await startTestServer(kind)
      const ids = [...(await submitSome(server, 3)), ...(await submitSome(server, 2))]
      const [first = '', second = ''] = ids
      const lead = await clientOf(server, 'lead', ['lead'])
      const body = { applications: chosen(ids), move: 'approve', delay: true } as const
      const statesOf = async () => {
        const read = await Promise.all(ids.map((id) => lead.getApplication({ params: { id } })))
        return [...new Set(read.map(({ state, stage }) => stage ?? state))]
      }
      await (await clientOf(server, 'li', ['reviewer'])).claimApplication({ params: { id: second } })
      const preview = await lead.previewBulkDecision({ body })
      assert.deepEqual(preview.counts, { outcome: 4, second_opinion: 0, refused: 1 })
      assert.equal(preview.items[1]?.refusal?.code, 'application.claimed')
      const refused = await problemOf(lead.createBulkDecision({ body }))
      assert.deepEqual([refused.code, (refused.members.items as unknown[]).length], ['bulk.refused', 1])
      assert.deepEqual(await statesOf(), ['open'])

      await lead.takeOverClaim({ params: { id: second } })
      const bulk = await lead.createBulkDecision({ body })
      assert.deepEqual([bulk.state, bulk.total], ['waiting', 5])
      assert.deepEqual(await statesOf(), ['scheduled'])
      await assert.rejects(lead.undoDecision({ params: { id: first } }), apiProblem('decision.none_scheduled', 409))
      server.clock.advance(9_999)
      assert.equal((await lead.undoBulkDecision({ params: { id: bulk.id } })).state, 'undone')
      assert.deepEqual(await statesOf(), ['open'])

      const again = await lead.createBulkDecision({ body })
      const isTooLate = () =>
        assert.rejects(lead.undoBulkDecision({ params: { id: again.id } }), apiProblem('decision.none_scheduled', 409))
      server.clock.advance(10_000)
      assert.deepEqual(await statesOf(), ['scheduled'])
      await isTooLate()
      await carryOutDue(server)
      assert.deepEqual(await statesOf(), ['approved'])
      assert.equal((await lead.getBulkDecision({ params: { id: again.id } })).state, 'effective')
      await isTooLate()
      const twice = { ...body, applications: chosen([first, first]) }
      await assert.rejects(lead.previewBulkDecision({ body: twice }), apiProblem('bulk.repeated', 422))
      const { appid } = await lead.getApplication({ params: { id: first } })
      const quota = await server.api.applyForDeviceQuota({
        params: { appid },
        body: { quantity: 9000, purpose: 'more' },
      })
      const mixed = { ...body, applications: chosen([first, quota.id]) }
      await assert.rejects(lead.createBulkDecision({ body: mixed }), apiProblem('bulk.kinds_differ', 422))
      const none = { params: { id: randomUUID() } }
      await assert.rejects(lead.getBulkDecision(none), apiProblem('bulk.unknown', 404))
    })

    test('has as many notes, and reasons of its kind, as a page can show, and no more', async () => {
      await using server = await startTestServer(kind)
      const [id = ''] = await submitSome(server, 1)
      const { db } = server.services
      const [account_id = 0, application_no = 0] = id.split('-').map(Number)
      const notes = Array.from({ length: NOTES_MAX }, (_, at) => ({ note_no: at + 1, actor: 'key:li', at, text: 'x' }))
      await db
        .insertInto('application_note')
        .values(notes.map((note) => ({ account_id, application_no, ...note })))
        .execute()
      const note = { params: { id }, body: { text: 'one more' } }
      await assert.rejects(server.api.addNote(note), apiProblem('note.too_many', 409))
      const reasons = Array.from({ length: REASONS_MAX }, (_, position) => ({ position }))
      await db
        .insertInto('review_reason')
        .values(reasons.map((reason) => ({ kind: 'store' as const, move: 'reject' as const, ...reason })))
        .execute()
      const text = { zh: '请补充。', en: 'Add it.' }
      const of = { kind: 'store', move: 'reject' } as const
      const body = { ...of, title: text, text, fields: [], retired: false }
      await assert.rejects(server.api.createReason({ body }), apiProblem('reason.too_many', 409))
    })

    test('keeps notes, a library of reasons in versions, and samples whose answer changes nothing', async () => {
      await using server = await startTestServer(kind)
      const [id = ''] = await submitSome(server, 1)
      const li = await clientOf(server, 'li', ['reviewer'])
      const lead = await clientOf(server, 'lead', ['lead'])
      await assert.rejects(li.getSample({ params: { id } }), apiProblem('sample.unknown', 404))
      for (const text of ['一', '二']) await li.addNote({ params: { id }, body: { text } })
      const { items: notes, next_cursor: cursor } = await lead.listNotes({ params: { id }, query: { limit: 1 } })
      assert.deepEqual(
        notes.map(({ text, by }) => [text, by]),
        [['二', 'key:li']],
      )
      const rest = await lead.listNotes({ params: { id }, query: { cursor: cursor ?? '' } })
      assert.deepEqual(
        rest.items.map(({ text }) => text),
        ['一'],
      )

      const { items: reasons } = await li.listReasons({ query: { kind: 'category_qualification' } })
      const [reason] = reasons
      assert.ok(reason && reasons.length >= 4 && reason.version === 1)
      const { reason_no, title, fields } = reason
      const text = { zh: '请上传清晰的{field}。', en: 'Upload a legible {field}.' }
      const changed = { version: 1, title, text, fields: [...fields], retired: false }
      await assert.rejects(
        li.changeReason({ params: { reason_no }, body: changed }),
        apiProblem('permission.missing', 403),
      )
      assert.equal((await lead.changeReason({ params: { reason_no }, body: changed })).version, 2)
      await assert.rejects(
        lead.changeReason({ params: { reason_no }, body: changed }),
        apiProblem('reason.changed', 409),
      )
      const versions = await li.listReasonVersions({ params: { reason_no } })
      assert.deepEqual(
        versions.items.map(({ version }) => version),
        [2, 1],
      )
      const retired = { ...changed, version: 2, retired: true }
      await lead.changeReason({ params: { reason_no }, body: retired })
      assert.equal(
        (await li.listReasons({ query: { kind: 'category_qualification' } })).items.length,
        reasons.length - 1,
      )
      const added = { ...changed, kind: 'store' as const, move: 'reject' as const, fields: ['photo_list'] }
      assert.ok((await lead.createReason({ body: added })).reason_no > reason_no)
      const odd = { ...added, fields: ['colour'] }
      await assert.rejects(lead.createReason({ body: odd }), apiProblem('field.unknown', 422))
      for (const zh of ['请上传{fields}。', '请上传。']) {
        const apart = { ...added, text: { zh, en: text.en } }
        await assert.rejects(lead.createReason({ body: apart }), apiProblem('reason.place_unknown', 422))
        await assert.rejects(
          lead.changeReason({ params: { reason_no }, body: { ...changed, text: apart.text, version: 3 } }),
          apiProblem('reason.place_unknown', 422),
        )
      }
      const long = { ...added, text: { zh: '长'.repeat(251), en: 'long' } }
      await assert.rejects(lead.createReason({ body: long }), apiProblem('decision.reason_too_long', 422))

      await server.api.changePolicy({ version: 0, body: { settings: { samples: [{ percent: 100 }] }, reason: 'all' } })
      const template = { reason_no, version: 2 }
      const decided = { move: 'reject', reason: '请上传清晰的营业执照。', template } as const
      const refuses = (body: Parameters<typeof li.decideApplication>[0]['body'], code: ProblemCode, status: number) =>
        assert.rejects(li.decideApplication({ params: { id }, version: 1, body }), apiProblem(code, status))
      await refuses({ ...decided, reason: text.zh }, 'decision.reason_unfilled', 422)
      await refuses({ ...decided, move: 'approve' }, 'reason.unknown', 404)
      const { items: ofStores } = await li.listReasons({ query: { kind: 'store' } })
      const ofStore = { reason_no: ofStores[0]?.reason_no ?? 0, version: 1 }
      await refuses({ ...decided, template: ofStore }, 'reason.unknown', 404)
      await li.decideApplication({ params: { id }, version: 1, body: decided })
      assert.deepEqual((await li.listSamples()).items, [])
      await assert.rejects(li.getSample({ params: { id } }), apiProblem('sample.own', 403))
      assert.deepEqual(
        (await lead.listSamples()).items.map((sample) => sample.id),
        [id],
      )
      assert.ok(!('reason' in (await lead.getSample({ params: { id } }))))
      const answer = await lead.answerSample({ params: { id }, body: { move: 'approve', note: '清楚' } })
      assert.deepEqual([answer.agrees, answer.decided_move, answer.decided_by], [false, 'reject', 'key:li'])
      await assert.rejects(
        lead.answerSample({ params: { id }, body: { move: 'reject' } }),
        apiProblem('sample.answered', 409),
      )
      assert.deepEqual((await lead.readAgreement()).items, [
        { kind: 'category_qualification', move: 'reject', reason_no, drawn: 1, answered: 1, agreed: 0 },
      ])
      assert.equal((await li.getApplication({ params: { id } })).state, 'rejected')
    })
  })
}
