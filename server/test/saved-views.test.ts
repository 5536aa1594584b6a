import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createApiClient } from '@shenpi/sdk/client'
import { type ApiSavedView, OWN_VIEWS_MAX } from '@shenpi/sdk/contract/api'
import { aMember, anOperator, type Browser } from './browser.ts'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'
import { submitSome } from './submit-some.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const namesOf = async (member: Browser): Promise<string[]> =>
  (await member.ok('GET', '/saved-views')).items.map(
    ({ name, shared }: ApiSavedView) => `${shared ? 'all' : 'own'} ${name}`,
  )

/** What stands behind each view, by its name. */
async function countsOf(member: Browser): Promise<Record<string, number | null>> {
  const { items } = await member.ok('GET', '/saved-views')
  const counts = (await member.ok('GET', '/saved-view-counts')).items
  return Object.fromEntries(
    items.map(({ name, view_no }: ApiSavedView) => [
      name,
      counts.find((each: { view_no: number }) => each.view_no === view_no).count,
    ]),
  )
}

for (const kind of DATABASES) {
  describe(`the saved views of the queue on ${kind.name}`, () => {
    test('are of one person, or of all by a lead, each name once, and no more than there may be', async () => {
      await using server = await startTestServer(kind)
      const lead = await anOperator(server)
      const li = await aMember(server, '李雷', ['reviewer'])
      const view = { name: 'Overdue', filters: { due: 'overdue' } }

      const own = await li.ok('POST', '/saved-views', view)
      await li.refused('permission.missing', 'POST', '/shared-views', view)
      const shared = await lead.ok('POST', '/shared-views', { ...view, name: '逾期' })
      assert.deepEqual(await namesOf(li), ['all 逾期', 'own Overdue'])
      assert.deepEqual(await namesOf(lead), ['all 逾期'])

      await li.refused('view.name_taken', 'POST', '/saved-views', { ...view, name: 'ＯＶＥＲＤＵＥ' })
      await lead.ok('POST', '/saved-views', view)
      await li.refused('view.unknown', 'PUT', `/saved-views/${shared.view_no}`, view)
      await li.refused('permission.missing', 'DELETE', `/shared-views/${shared.view_no}`)
      await lead.refused('view.unknown', 'DELETE', `/saved-views/${own.view_no}`)
      await lead.refused('view.unknown', 'PUT', `/shared-views/${own.view_no}`, view)
      await li.refused('request.malformed', 'POST', '/saved-views', { ...view, name: '长'.repeat(41) })
      await li.refused('request.malformed', 'POST', '/saved-views', { ...view, name: ' ' })

      await li.ok('PUT', `/saved-views/${own.view_no}`, { name: 'overdue', filters: {} })
      assert.deepEqual((await li.ok('GET', '/saved-views')).items[1], {
        ...{ view_no: own.view_no, shared: false, name: 'overdue', filters: {} },
      })
      await lead.ok('PUT', `/shared-views/${shared.view_no}`, { ...view, name: '已逾期' })
      await lead.ok('DELETE', `/shared-views/${shared.view_no}`)
      const { items: trail } = await lead.ok('GET', '/trail?limit=3')
      assert.deepEqual(
        trail.map(({ action, detail }: { action: string; detail: { name: string } }) => [action, detail.name]),
        [
          ['view.delete', '已逾期'],
          ['view.change', '已逾期'],
          ['view.create', '逾期'],
        ],
      )

      for (let index = 1; index < OWN_VIEWS_MAX; index += 1) {
        await li.ok('POST', '/saved-views', { ...view, name: `No. ${index}` })
      }
      await li.refused('view.too_many', 'POST', '/saved-views', { ...view, name: 'One more' })
      await li.ok('DELETE', `/saved-views/${own.view_no}`)
      await li.ok('POST', '/saved-views', { ...view, name: 'One more' })
    })

    test('count what stands behind them in one look, claims as whoever asks sees them', async () => {
      await using server = await startTestServer(kind)
      const lead = await anOperator(server)
      const li = await aMember(server, '李雷', ['reviewer'])
      const [first = '', second = ''] = await submitSome(server, 3)
      const { appid } = await server.api.getApplication({ params: { id: second } })
      for (const [name, filters] of Object.entries({
        all: {},
        later: { due: 'later' },
        overdue: { due: 'overdue' },
        mine: { claim: 'mine' },
        free: { claim: 'free', kind: 'category_qualification' },
        others: { claim: 'others' },
        account: { appid },
        nobody: { appid: 'wx0000000000000000' },
        decided: { state: 'approved' },
        another: { kind: 'store' },
      })) {
        await lead.ok('POST', '/shared-views', { name, filters })
      }
      await li.ok('POST', `/applications/${first}/claim`)
      const of = { all: 3, later: 3, overdue: 0, free: 2, account: 3, nobody: 0, decided: null, another: 0 }
      assert.deepEqual(await countsOf(li), { ...of, mine: 1, others: 0 })
      assert.deepEqual(await countsOf(lead), { ...of, mine: 0, others: 1 })
      server.clock.advance(10 * DAY_MS)
      const { key } = await server.api.createKey({ body: { name: 'screen', roles: ['auditor'] } })
      const screen = createApiClient({ url: server.url, key })
      const { items } = await screen.listSavedViews()
      const overdue = items.find(({ name }) => name === 'overdue')?.view_no
      const counts = (await screen.countSavedViews()).items
      assert.deepEqual(
        counts.find(({ view_no }) => view_no === overdue),
        { view_no: overdue, count: 3, more: false },
      )
    })
  })
}
