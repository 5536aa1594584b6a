import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { aMember, type Browser as Member } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { aFile, aPicture, aRegistration } from '../factories.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { until } from '../until.ts'
import { buildConsole } from './build-console.ts'
import { launchBrowser, openConsole } from './open-console.ts'

const NOTE = '资料齐全，只差核对印章'

describe('judging in the console', { skip: !findProgram(CHROMIUM) && withoutProgram(CHROMIUM) }, () => {
  let server: TestServer
  let browser: Browser
  let li: Member
  let mei: Member
  before(async () => {
    buildConsole()
    server = await startTestServer(DATABASES[0] as DatabaseKind)
    li = await aMember(server, '李雷', ['reviewer'])
    mei = await aMember(server, '韩梅梅', ['reviewer'])
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    await server[Symbol.asyncDispose]()
  })

  const stageOf = async (id: string) => (await server.api.getApplication({ params: { id } })).stage
  const approve = (page: Page) => page.locator('button:enabled', { hasText: /^Approve/ })

  /** An account applies, with these pictures, each in a colour of its own. */
  async function apply(name: string, reds: readonly number[]) {
    const client = await server.newAccount(name)
    const register = async (reds: readonly number[], changes: Record<string, unknown> = {}) => {
      const links: string[] = []
      for (const red of reds) {
        const picture = aFile(await aPicture({ width: 160 + red, height: 120 }))
        links.push((await client.upload('/shakearound/material/add', picture, {}, 'type=license')).json.data.pic_url)
      }
      const sent = aRegistration({ industry_id: '0102', qualification_cert_urls: links, ...changes })
      assert.equal((await client.post('/shakearound/account/register', sent)).json.errcode, 0)
    }
    await register(reds)
    return { id: `${client.accountId}-1`, again: `${client.accountId}-2`, register }
  }

  test('shows what a resubmission answers: the old reason, the named fields, the pictures side by side', async () => {
    const { id, again, register } = await apply('Acme', [1, 2, 3])
    const decision = {
      move: 'reject' as const,
      reason: '第二张照片不清晰',
      fields: ['qualification_cert_urls', 'email'],
    }
    await server.api.decideApplication({ params: { id }, version: 1, body: decision })
    await register([1, 9], { apply_reason: '更换了不清晰的照片' })
    await using window = await openConsole(browser, server, { member: li })
    const { page } = window
    await window.goto(`/applications/${again}`)
    await page.getByText('第二张照片不清晰').waitFor()
    await page.getByText('Certificates · changed').waitFor()
    await page.getByText('E-mail · not changed').waitFor()
    await page.getByText('购物 / 超市 0102').waitFor()
    const pairs = page.locator('li[data-change]')
    await pairs.nth(2).waitFor()
    assert.deepEqual(await pairs.evaluateAll((items) => items.map((item) => item.getAttribute('data-change'))), [
      'same',
      'changed',
      'gone',
    ])
    await page.getByRole('button', { name: 'Certificates, picture 2' }).click()
    await page.keyboard.press('c')
    await page.getByText('Before', { exact: true }).waitFor()
    const drawn = page.locator('section[aria-label="Pictures"] img[alt]:not([alt=""])')
    await until(async () => (await drawn.count()) === 2)
    const widths = () =>
      page.evaluate<number[]>(
        `[...document.querySelectorAll('section[aria-label="Pictures"] img[style]')].map((image) => image.naturalWidth)`,
      )
    await until(async () => (await widths()).join() === '162,169')
    window.assertQuiet()
  })

  test('takes the approval of two, and hides what the first wrote until the second has chosen', async () => {
    const { version } = await server.api.getPolicy()
    const settings = { second_opinion: [{ kind: 'account_activation' as const }] }
    await server.api.changePolicy({ version, body: { settings, reason: 'two pairs of eyes' } })
    const { id } = await apply('Second', [4])
    await using first = await openConsole(browser, server, { member: li })
    await first.goto(`/applications/${id}`)
    await first.page.getByText('you are the first').waitFor()
    await approve(first.page).waitFor()
    const body = { move: 'approve', reason: NOTE }
    li.headers['if-match'] = '"1"'
    await li.ok('POST', `/applications/${id}/decision`, body)
    server.clock.advance(11_000)
    await until(async () => (await stageOf(id)) === 'second_opinion')
    await first.goto(`/applications/${id}`)
    await first.page.getByText('The first approval is yours').waitFor()
    assert.equal(await approve(first.page).count(), 0)

    await using second = await openConsole(browser, server, { member: mei })
    await second.goto(`/applications/${id}`)
    await second.page.getByText('yours is the second opinion').waitFor()
    await approve(second.page).waitFor()
    assert.equal(await second.page.getByText(NOTE).count(), 0)
    assert.equal(await second.page.getByText('Read by machine').count(), 0)
    await second.page.keyboard.press('a')
    await until(async () => (await stageOf(id)) === 'scheduled')
    server.clock.advance(11_000)
    await until(async () => (await server.api.getApplication({ params: { id } })).state === 'approved')
    await second.goto(`/applications/${id}`)
    await second.page.getByText(NOTE).waitFor()
    first.assertQuiet()
    second.assertQuiet()
  })

  test('tells a page that decides too late who decided what, and when', async () => {
    const { id } = await apply('Late', [5])
    await using window = await openConsole(browser, server, { member: mei })
    await window.goto(`/applications/${id}`)
    await approve(window.page).waitFor()
    const body = { move: 'reject' as const, reason: '执照已过期', override: true }
    await server.api.decideApplication({ params: { id }, version: 1, body })
    await window.page.keyboard.press('a')
    await window.page.getByText(/key:first rejected it at/).waitFor()
  })
})
