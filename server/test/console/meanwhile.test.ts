import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { aMember, anOperator, type Browser as Member } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { until } from '../until.ts'
import { buildConsole } from './build-console.ts'
import { fillQueue } from './fill-queue.ts'
import { launchBrowser, openConsole } from './open-console.ts'

const KIND = 'account_activation'

describe('what others do meanwhile, in the console', {
  skip: !findProgram(CHROMIUM) && withoutProgram(CHROMIUM),
}, () => {
  let server: TestServer
  let browser: Browser
  let operator: Member
  let mei: Member
  let ids: string[]
  before(async () => {
    buildConsole()
    server = await startTestServer(DATABASES[0] as DatabaseKind)
    ids = await fillQueue(server, 4)
    operator = await anOperator(server)
    mei = await aMember(server, '王芳', ['reviewer'])
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    await server[Symbol.asyncDispose]()
  })

  const read = (id: string) => server.api.getApplication({ params: { id } })

  test('tells why a decision had no effect: who made it may decide no more', async () => {
    const [id = ''] = ids
    const li = await aMember(server, '李雷', ['reviewer'])
    li.headers['if-match'] = '"1"'
    await li.ok('POST', `/applications/${id}/decision`, { move: 'approve' })
    await operator.ok('POST', `/staff/${encodeURIComponent('李雷')}/deactivate`)
    server.clock.advance(11_000)
    await until(async () => (await read(id)).stage === 'refused')
    await using window = await openConsole(browser, server, { member: mei })
    await window.goto(`/applications/${id}`)
    await window.page.getByText('The last decision could not take effect').waitFor()
    await window.page.getByText('Who decided may decide no more.').waitFor()
    await window.page.locator('button:enabled', { hasText: /^Approve/ }).waitFor()
    window.assertQuiet()
  })

  test('keeps a reason as it was chosen, though somebody changes the library', async () => {
    const [, id = ''] = ids
    await using window = await openConsole(browser, server, { member: mei })
    const { page } = window
    await window.goto(`/applications/${id}`)
    await page.locator('button:enabled', { hasText: /^Approve/ }).waitFor()
    await page.keyboard.press('r')
    await page.getByRole('option').first().click()
    const reason = page.getByRole('textbox', { name: 'Reason' })
    const chosen = (await reason.inputValue()).replaceAll(/\{\w+\}/g, '资质证明')
    await reason.fill(chosen)
    const [first] = (await server.api.listReasons({ query: { kind: KIND } })).items
    assert.ok(first)
    const { reason_no, version, title, fields, retired } = first
    const text = { zh: '另一种说法', en: 'Other words' }
    await server.api.changeReason({ params: { reason_no }, body: { version, title, fields, retired, text } })
    await page.keyboard.press('Control+Enter')
    await until(async () => (await read(id)).scheduled?.state === 'waiting')
    assert.equal((await read(id)).scheduled?.reason, chosen)
    window.assertQuiet()
  })

  test('takes the second answer to a sample, and tells then how it was decided', async () => {
    const { version } = await server.api.getPolicy()
    await server.api.changePolicy({
      version,
      body: { settings: { samples: [{ percent: 100 }] }, reason: 'all of them' },
    })
    // Not the third: her page went on to it, and may have claimed it.
    const [, , , id = ''] = ids
    await server.api.decideApplication({ params: { id }, version: 1, body: { move: 'approve' } })
    await using window = await openConsole(browser, server, { member: mei })
    const { page } = window
    await window.goto('/samples')
    await page.locator('main li').first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByLabel('Note, if you like').fill('looks well')
    await page.keyboard.press('Enter')
    await page.keyboard.press('a')
    await page.getByText('You agree.').waitFor()
    await page.getByText(/key:first approved this application/).waitFor()
    await page.keyboard.press('j')
    await page.getByText('No sample waits for you').waitFor()
    window.assertQuiet()
  })
})
