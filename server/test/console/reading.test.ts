import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { aMember } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { aFile, aPicture, aRegistration } from '../factories.ts'
import { installFakeOcr, READ_CODE } from '../fake-ocr.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { assertAccessible } from './axe.ts'
import { buildConsole } from './build-console.ts'
import { launchBrowser, type OpenConsole, openConsole } from './open-console.ts'

const ROW = 'section[aria-busy]'

describe('what a machine read beside a picture', { skip: !findProgram(CHROMIUM) && withoutProgram(CHROMIUM) }, () => {
  let folder: string
  let server: TestServer
  let browser: Browser
  let window: OpenConsole
  before(async () => {
    buildConsole()
    folder = mkdtempSync(join(tmpdir(), 'shenpi-ocr-'))
    installFakeOcr(folder)
    server = await startTestServer(DATABASES[0] as DatabaseKind, { env: { OCR: 'on', OCR_PACKAGES: folder } })
    browser = await launchBrowser()
    window = await openConsole(browser, server, { member: await aMember(server, '李雷', ['reviewer']) })
  })
  after(async () => {
    await browser?.close()
    await server[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  /** An account applies with a picture of this grey, which the machine reads or falls over. @returns its path */
  async function apply(grey: number, apply_reason: string) {
    const client = await server.newAccount()
    const picture = aFile(await aPicture({ background: { r: grey, g: grey, b: grey } }))
    const { json } = await client.upload('/shakearound/material/add', picture, {}, 'type=license')
    const sent = aRegistration({ qualification_cert_urls: [json.data.pic_url], apply_reason })
    await client.post('/shakearound/account/register', sent)
    return `/applications/${client.accountId}-1`
  }

  const says = (text: string) => window.page.locator(ROW).getByText(text).first().waitFor()

  test('is waited for in words, and then tells the code, its fault and that it is the one that was typed', async () => {
    const gate = Promise.withResolvers<void>()
    await window.page.route('**/reading', (route) => gate.promise.then(() => route.continue()))
    await window.goto(await apply(150, `licence ${READ_CODE}`))
    await says('being read…')
    gate.resolve()
    await window.page.locator(ROW).getByText(READ_CODE).waitFor()
    await assertAccessible(window.page, ROW)
    await window.page.unrouteAll({ behavior: 'ignoreErrors' })
    window.assertQuiet()
  })

  test('differs from what was typed, which stands beside it', async () => {
    await window.goto(await apply(150, 'licence 9144030071526726XG'))
    await says('differs from what was typed')
    await says('9144030071526726XG')
    await assertAccessible(window.page, ROW)
    window.assertQuiet()
  })

  test('is nothing where the machine falls over it, which the page says without an error', async () => {
    await window.goto(await apply(10, 'a shop'))
    await says('look at the picture yourself')
    assert.equal(await window.page.locator(ROW).getByRole('button').count(), 0)
    window.assertQuiet()
  })

  test('is asked for again by a button where too many pictures wait', async () => {
    const json = { state: 'busy', items: [], typed: [] }
    await window.page.route('**/reading', (route) => route.fulfill({ json }))
    await window.goto(await apply(150, 'a shop'))
    await says('Too many pictures wait')
    await assertAccessible(window.page, ROW)
    await window.page.unrouteAll({ behavior: 'ignoreErrors' })
    await window.page.locator(ROW).getByRole('button').click()
    await window.page.locator(ROW).getByText(READ_CODE).waitFor()
    window.assertQuiet()
  })
})
