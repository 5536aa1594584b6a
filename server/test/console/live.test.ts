import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Move } from '@shenpi/sdk/contract/states'
import type { Browser, Page } from 'playwright-core'
import { A_PASSWORD, aMember, anOperator, type Browser as Member } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { until } from '../until.ts'
import { buildConsole } from './build-console.ts'
import { fillQueue } from './fill-queue.ts'
import { launchBrowser, openConsole } from './open-console.ts'

const executablePath = findProgram(CHROMIUM)

describe('live updates of the console', { skip: !executablePath && withoutProgram(CHROMIUM) }, () => {
  const [kind] = DATABASES as [DatabaseKind]
  let server: TestServer
  let browser: Browser
  let lead: Member
  let reviewer: Member
  let ids: string[]
  before(async () => {
    buildConsole()
    server = await startTestServer(kind)
    ids = await fillQueue(server, 9)
    lead = await anOperator(server)
    reviewer = await aMember(server, '李雷', ['reviewer'])
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await server[Symbol.asyncDispose]()
  })

  const streams = async () => (await server.services.watch()).size
  const isLive = () => until(async () => (await streams()) === 1)
  const decide = (id: string, move: Move = 'approve') =>
    server.api.decideApplication({ params: { id }, version: 1, body: { move, reason: 'No licence.', override: true } })

  test('mark a row that changes, move none, and show what came when somebody asks', async () => {
    await using window = await openConsole(browser, server, { member: reviewer })
    const { page } = window
    await window.goto('/queue')
    await page.locator('[role="row"]').first().waitFor()
    await isLive()
    const order = await orderOf(page)
    await decide(ids[1] ?? '')
    await rowOf(page, ids[1]).getByText('Changed').waitFor()
    await rowOf(page, ids[1]).getByText('Approved').waitFor()
    const { accountId, appid } = await server.newAccount('Newcomer')
    await server.api.applyForDeviceQuota({ params: { appid }, body: { quantity: 5, purpose: '开店' } })
    await page.getByRole('button', { name: '1 new, 1 changed: show' }).waitFor()
    assert.deepEqual(await orderOf(page), order)
    await page.keyboard.press('r')
    await rowOf(page, `${accountId}-1`).waitFor()
    await rowOf(page, ids[1]).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /: show/ }).waitFor({ state: 'detached' })
    window.assertQuiet()
  })

  test('come by one stream to all tabs, and go on when the tab that has it is closed', async () => {
    await using window = await openConsole(browser, server, { member: reviewer })
    const { page: first } = window
    await window.goto('/queue')
    await first.locator('[role="row"]').first().waitFor()
    await isLive()
    const second = await window.context.newPage()
    await second.goto(first.url())
    await second.locator('[role="row"]').first().waitFor()
    await decide(ids[2] ?? '', 'reject')
    for (const page of [first, second]) await rowOf(page, ids[2]).getByText('Changed').waitFor()
    assert.equal(await streams(), 1)
    await first.close()
    await isLive()
    await decide(ids[3] ?? '')
    await rowOf(second, ids[3]).getByText('Changed').waitFor()
    assert.equal(await streams(), 1)
    await second.close()
    await until(async () => (await streams()) === 0)
  })

  test('tell on its page who has decided an application, or taken it over, and what is next', async () => {
    await using window = await openConsole(browser, server, { member: reviewer })
    const { page } = window
    const [id = '', next = ''] = ids.slice(4)
    await window.goto(`/applications/${id}`)
    await page.locator('button:enabled', { hasText: /^Approve/ }).waitFor()
    await isLive()
    await lead.ok('POST', `/applications/${id}/claim/take-over`)
    await page.getByText(/韩梅梅 is reviewing this application/).waitFor()
    assert.equal(await page.getByRole('button', { name: /^Approve/ }).isDisabled(), true)
    await decide(id)
    await page.getByText(/has just approved this application/).waitFor()
    await page.keyboard.press('j')
    await page.locator('header h1 + span', { hasText: next }).waitFor()
    window.assertQuiet()
  })

  test('tell quietly that the connection is lost, and come back by themselves', async () => {
    await using window = await openConsole(browser, server, { member: reviewer })
    const { page } = window
    await window.goto('/queue')
    await page.locator('[role="row"]').first().waitFor()
    await isLive()
    await page.route('**/api/v1/events*', (route) => route.abort())
    const watch = await server.services.watch()
    watch.stop()
    await page.getByText('The connection is lost').waitFor()
    await page.unroute('**/api/v1/events*')
    await page.getByText('The connection is lost').waitFor({ state: 'detached' })
    await isLive()
  })

  test('lead to the sign-in over the page when the session ends, in every tab, and one sign-in serves all', async () => {
    const member = await aMember(server, 'Mei', ['reviewer'])
    await using window = await openConsole(browser, server, { member })
    const { page: first } = window
    await window.goto('/queue')
    await isLive()
    const second = await window.context.newPage()
    await second.goto(first.url())
    await second.locator('[role="row"]').first().waitFor()
    await member.ok('POST', '/sign-out')
    await first.getByRole('dialog', { name: 'Sign in again' }).waitFor()
    const dialog = second.getByRole('dialog', { name: 'Sign in again' })
    await dialog.getByLabel('Password').fill(A_PASSWORD)
    await second.keyboard.press('Enter')
    for (const page of [first, second]) {
      await page.getByRole('dialog', { name: 'Sign in again' }).waitFor({ state: 'detached' })
    }
    await isLive()
    await second.close()
  })
})

/** The applications in the order in which they are shown. */
const orderOf = async (page: Page): Promise<string[]> => {
  const rows = await page.locator('[role="row"]').all()
  const places = await Promise.all(
    rows.map(
      async (row) => [(await row.boundingBox())?.y ?? 0, (await row.locator('a').getAttribute('href')) ?? ''] as const,
    ),
  )
  return places.toSorted(([a], [b]) => a - b).map(([y, href]) => `${y} ${href}`)
}

const rowOf = (page: Page, id = '') =>
  page.locator('[role="row"]').filter({ has: page.locator(`a[href$="/applications/${id}"]`) })
