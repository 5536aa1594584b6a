import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiProblem } from '@shenpi/sdk/client'
import { keepDueTimes } from '../src/policy/keep-due-times.ts'
import { BUILT_IN_CALENDAR } from '../src/time/working-days.ts'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'
import { testClock } from './test-clock.ts'

/** The first of the made-up holidays of a year that the calendar does not know. */
const YEAR = 2031
const HOLIDAYS = { holidays: [`${YEAR}-10-01`, `${YEAR}-10-02`, `${YEAR}-10-03`], workdays: [`${YEAR}-10-04`] }

const refusedWith = (code: string) => (error: unknown) => error instanceof ApiProblem && error.code === code

for (const kind of DATABASES) {
  describe(`the policy on ${kind.name}`, () => {
    test('has the environment’s values first, is changed in versions with a reason, and counts at once', async () => {
      await using server = await startTestServer(kind, { env: { QUICK_REVIEW_MAX: '100', SANDBOX_APPROVE: 'all' } })
      const { api, sandbox } = server
      const before = await api.getPolicy()
      assert.equal(before.version, 0)
      assert.deepEqual([before.settings.quick_review_max, before.settings.undo_seconds], [100, 10])
      const settings = {
        quick_review_max: 5,
        second_opinion: [{ kind: 'device_batch' as const, field: 'quantity', above: 5000 }],
      }
      const changed = await api.changePolicy({ version: 0, body: { settings, reason: '控制风险' } })
      assert.deepEqual([changed.version, changed.changed_by, changed.settings], [1, 'key:first', settings])
      const body = { apply_reason: 'test', comment: 'c', poi_id: 1234 }
      const answer = await sandbox.post('/shakearound/device/applyid', { ...body, quantity: 6 })
      assert.equal(answer.json.data.audit_status, 1, 'six are more than the quick review takes now')
      const after = await api.getPolicy()
      assert.deepEqual([after.settings.quick_review_max, after.first.quick_review_max], [5, 100])
      assert.deepEqual(after.settings.second_opinion, settings.second_opinion)
      const { items } = await api.listPolicyVersions()
      assert.deepEqual(
        items.map(({ version, reason }) => [version, reason]),
        [[1, '控制风险']],
      )
    })

    test('tells of each value who changed it last and why, and of each version what was before', async () => {
      await using server = await startTestServer(kind, { env: { POLICY_PINNED: 'samples' } })
      const { api } = server
      const change = (version: number, settings: object, reason: string) =>
        api.changePolicy({ version, body: { settings, reason } })
      const first = await change(0, { undo_seconds: 5, quick_review_max: 500 }, 'one')
      assert.deepEqual(first.before, { undo_seconds: 10 }, 'five hundred it was before')
      await change(1, { quick_review_max: 50 }, 'two')
      await change(2, { undo_seconds: 5, quick_review_max: 40 }, 'three')
      const { changed } = await api.getPolicy()
      assert.deepEqual(
        changed.map(({ setting, version, changed_by, reason }) => [setting, version, changed_by, reason]),
        [
          ['undo_seconds', 1, 'key:first', 'one'],
          ['quick_review_max', 3, 'key:first', 'three'],
        ],
      )
      const page = await api.listPolicyVersions({ query: { limit: 2 } })
      assert.deepEqual(
        page.items.map(({ version, before }) => [version, before]),
        [
          [3, { quick_review_max: 50 }],
          [2, { quick_review_max: 500 }],
        ],
      )
      const rest = await api.listPolicyVersions({ query: { limit: 2, cursor: page.next_cursor ?? '' } })
      assert.deepEqual(rest.items, [first])
    })

    test('refuses a change of an old version, and of what the environment pins', async () => {
      await using server = await startTestServer(kind, { env: { POLICY_PINNED: 'quick_review_max,samples' } })
      const change = (version: number, settings: object) =>
        server.api.changePolicy({ version, body: { settings, reason: 'why' } })
      assert.deepEqual((await server.api.getPolicy()).pinned.toSorted(), ['quick_review_max', 'samples'])
      await assert.rejects(change(0, { quick_review_max: 1 }), refusedWith('policy.pinned'))
      await assert.rejects(change(7, { undo_seconds: 1 }), refusedWith('policy.changed'))
      await assert.rejects(change(0, { undo_seconds: -1 }), refusedWith('request.malformed'))
      await change(0, { undo_seconds: 0 })
      await assert.rejects(change(0, { undo_seconds: 1 }), refusedWith('policy.changed'))
      assert.equal((await server.api.getPolicy()).settings.undo_seconds, 0)
    })

    test('says from November on, by the clock of the server, that the next year is missing', async () => {
      const clock = testClock(new Date(`${YEAR - 1}-10-31T23:59:59+08:00`))
      await using server = await startTestServer(kind, { clock })
      const { api } = server
      const body = { holidays: [`${YEAR - 1}-10-01`], workdays: [] }
      await api.loadCalendarYear({ params: { year: YEAR - 1 }, body })
      const missing = async () => (await api.getPolicy()).calendar.missing
      assert.equal(await missing(), null)
      clock.advance(1000)
      assert.equal(await missing(), YEAR)
    })

    test('moves the due times of open applications when holidays of a year are loaded, and tells it in the trail', async () => {
      const clock = testClock(new Date(`${YEAR}-09-30T12:00:00+08:00`))
      await using server = await startTestServer(kind, { clock, env: { SANDBOX_APPROVE: 'all' } })
      const { api, sandbox, services } = server
      const body = { quantity: 501, apply_reason: 'test', comment: 'c', poi_id: 1234 }
      await sandbox.post('/shakearound/device/applyid', body)
      const read = async () =>
        (await api.listApplications({ query: { state: 'under_review' } })).items[0] ?? assert.fail()
      const before = await read()
      assert.deepEqual([before.due_at, before.due_is_certain], [`${YEAR}-10-03T15:59:59.999Z`, false])
      assert.equal((await api.getPolicy()).calendar.missing, YEAR)

      const older = { ...services.review, calendar: () => BUILT_IN_CALENDAR }
      const { kept } = await keepDueTimes(older)

      const wrong = { ...HOLIDAYS, workdays: [`${YEAR}-10-06`] }
      await assert.rejects(
        api.loadCalendarYear({ params: { year: YEAR }, body: wrong }),
        refusedWith('calendar.invalid'),
      )
      const preview = await api.previewCalendarYear({ params: { year: YEAR }, body: HOLIDAYS })
      assert.deepEqual(preview, { moved: 1, looked_at: 1, is_all: true })
      assert.deepEqual(await read(), before, 'a preview changes nothing')
      const unknown = await api.getCalendarYear({ params: { year: YEAR } })
      assert.deepEqual([unknown.source, unknown.holidays], ['unknown', []])
      const calendar = await api.loadCalendarYear({ params: { year: YEAR }, body: HOLIDAYS })
      assert.deepEqual([calendar.loaded, calendar.missing], [[YEAR], null])
      assert.deepEqual(await api.getCalendarYear({ params: { year: YEAR } }), {
        year: YEAR,
        source: 'loaded',
        loaded_at: clock.now().toISOString(),
        ...HOLIDAYS,
      })
      assert.equal((await api.getCalendarYear({ params: { year: 2025 } })).source, 'built_in')
      assert.equal((await keepDueTimes(services.review, kept)).moved, 1)
      // Saturday the 4th is worked, then Monday and Tuesday.
      const after = await read()
      assert.deepEqual([after.due_at, after.due_is_certain], [`${YEAR}-10-07T15:59:59.999Z`, true])
      assert.equal((await keepDueTimes(services.review)).moved, undefined, 'nothing has changed since')
      // A server that knows fewer years goes on beside this one.
      assert.equal((await keepDueTimes(older, kept)).moved, undefined)
      const entries = await services.db
        .selectFrom('audit_entry')
        .select(['actor', 'detail'])
        .where('action', '=', 'application.due_change')
        .execute()
      assert.deepEqual(
        entries.map(({ actor, detail }) => [actor, JSON.parse(detail)]),
        [['calendar', { from: before.due_at, to: after.due_at }]],
      )
    })
  })
}
