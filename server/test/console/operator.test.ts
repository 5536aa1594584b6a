import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { anOperator, type Browser as Member } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { runShenpi } from '../run-shenpi.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { testClock } from '../test-clock.ts'
import { until } from '../until.ts'
import { buildConsole } from './build-console.ts'
import { fillQueue } from './fill-queue.ts'
import { launchBrowser, openConsole } from './open-console.ts'

/** The year before one whose holidays nobody knows yet, in November. */
const YEAR = 2031
const NOVEMBER = new Date(`${YEAR - 1}-11-12T10:00:00+08:00`)

const GOOD = `# ${YEAR}\n${YEAR}-01-01,off\n${YEAR}-10-01,off\n${YEAR}-10-04,work\n`
const BAD = `${YEAR}-01-01,off\n${YEAR}-10-01,off\n${YEAR}-02-30,off\n`

const aFile = (text: string) => ({ name: 'holidays.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

const executablePath = findProgram(CHROMIUM)

describe('an operator in the console', { skip: !executablePath && withoutProgram(CHROMIUM) }, () => {
  const [kind] = DATABASES as [DatabaseKind]
  let server: TestServer
  let browser: Browser
  let member: Member
  before(async () => {
    buildConsole()
    const env = { POLICY_PINNED: 'device_ceiling' }
    server = await startTestServer(kind, { clock: testClock(NOVEMBER), env })
    const known = { holidays: [`${YEAR - 1}-10-01`], workdays: [] }
    await server.api.loadCalendarYear({ params: { year: YEAR - 1 }, body: known })
    await fillQueue(server, 1)
    member = await anOperator(server)
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await server[Symbol.asyncDispose]()
  })

  test('changes a value with a reason; a page that was slower is told who changed what, and keeps what was typed', async () => {
    await using window = await openConsole(browser, server, { member })
    const { page } = window
    await window.goto('/policy')
    await page.getByRole('button', { name: 'Change: Time to undo' }).click()
    const save = page.getByRole('button', { name: 'Save' })
    await page.getByLabel('Time to undo (seconds)').fill('99')
    await page.getByText('A whole number from 0 to 60.').waitFor()
    await page.getByLabel('Time to undo (seconds)').fill('30')
    await page.getByLabel('Why it is changed').fill('more time')
    await server.api.changePolicy({
      version: 0,
      body: { settings: { quick_review_max: 7 }, reason: 'while you typed' },
    })
    await save.click()
    await page.getByText('while you typed').first().waitFor()
    await page.getByText('Quick review: 500 devices → 7 devices').first().waitFor()
    assert.equal(await page.getByLabel('Time to undo (seconds)').inputValue(), '30')
    assert.equal((await server.api.getPolicy()).settings.undo_seconds, 10)
    await save.click()
    await page.getByText('Changed by 韩梅梅').waitFor()
    assert.equal((await server.api.getPolicy()).settings.undo_seconds, 30)
  })

  test('sees which value the environment holds fast, and cannot change it', async () => {
    await using window = await openConsole(browser, server, { member })
    await window.goto('/policy')
    const row = window.page.locator('[data-setting="device_ceiling"]')
    await row.getByText('Held fast by the environment').waitFor()
    assert.equal(await row.getByRole('button').count(), 0)
    window.assertQuiet()
  })

  test('is told on every page that a year is missing, and loads it from a file, of which a wrong one is refused at its line', async () => {
    await using window = await openConsole(browser, server, { member })
    const { page } = window
    await window.goto('/queue')
    await page.getByRole('link', { name: 'Load them' }).click()
    await page.getByRole('button', { name: 'Load a file' }).click()
    const file = page.getByLabel('Choose a file')
    const load = page.getByRole('button', { name: 'Load', exact: true })
    await file.setInputFiles(aFile(BAD))
    await page.getByText(/Line 3\s+no date/).waitFor()
    assert.ok(await load.isDisabled())
    await file.setInputFiles(aFile(GOOD))
    await page.getByText('Of 1 open application, 0 will be due at another time.').waitFor()
    await load.click()
    await page.locator(`[title="${YEAR}-10-01: Day off"]`).waitFor()
    await page.getByRole('link', { name: 'Load them' }).waitFor({ state: 'detached' })
    const { holidays } = await server.api.getCalendarYear({ params: { year: YEAR } })
    assert.deepEqual(holidays, [`${YEAR}-01-01`, `${YEAR}-10-01`])
    window.assertQuiet()
  })

  test('invites somebody by a link that is shown once', async () => {
    await using window = await openConsole(browser, server, { member })
    const { page } = window
    await window.goto('/staff')
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByLabel('Name').fill('Li')
    await page.getByRole('button', { name: 'Make the link' }).click()
    await page.getByText(/\/console\/invitation#[\w-]{43}/).waitFor()
    await page.getByRole('button', { name: 'I have handed it over' }).click()
    await page.getByText('Invited by 韩梅梅').waitFor()
    assert.doesNotMatch(await page.content(), /invitation#/)
    window.assertQuiet()
  })

  test('cannot take away the last who can let others in, and is told so', async () => {
    await using window = await openConsole(browser, server, { member })
    const { page } = window
    await window.goto('/staff')
    await page.getByRole('button', { name: 'What can be done about 韩梅梅' }).click()
    await page.getByRole('menuitem', { name: 'Deactivate' }).click()
    await page.getByRole('button', { name: 'Deactivate' }).click()
    await page.getByRole('alert').filter({ hasText: 'Somebody must be left who can let others in.' }).waitFor()
  })

  test('makes a key that is shown once, and revokes it', async () => {
    await using window = await openConsole(browser, server, { member })
    const { page } = window
    await window.goto('/staff')
    await page.getByRole('button', { name: 'New key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('till')
    await dialog.getByLabel('Auditor').check()
    await dialog.getByRole('button', { name: 'New key' }).click()
    const key = await page.getByText(/^shenpi_[\w-]{43}$/).innerText()
    const status = async () => {
      const headers = { authorization: `Bearer ${key}` }
      return (await fetch(`${server.url}/api/v1/accounts`, { headers })).status
    }
    assert.equal(await status(), 200)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    assert.doesNotMatch(await page.content(), /shenpi_/)
    await page.getByRole('button', { name: 'Revoke the key till?' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText(/revoked Today/).waitFor()
    assert.equal(await status(), 401)
    window.assertQuiet()
  })

  test('edits a reason, sees its weight and what the merchant reads, and puts it elsewhere', async () => {
    await using window = await openConsole(browser, server, { member })
    const { page } = window
    await window.goto('/reasons?kind=store')
    await page.getByRole('button', { name: 'Edit “Photos not suitable”' }).click()
    await page.getByLabel('Text (English)').fill('Send {field} again before {date}.')
    await page.getByText('Send Photos again before 12 November 2030.').waitFor()
    await page.getByLabel('Text (Chinese)').fill('字'.repeat(251))
    await page.getByText('502/500').waitFor()
    assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled())
    await page.getByLabel('Text (Chinese)').fill('请在{date}前重新上传{field}。')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Versions of “Photos not suitable”' }).click()
    await page.getByText(/Version 2 · 韩梅梅/).waitFor()
    await page.getByRole('button', { name: 'Move “Photos not suitable” down' }).click()
    const titles = async () =>
      (await server.api.listReasons({ query: { kind: 'store' } })).items.map(({ title }) => title.en)
    await until(async () => (await titles())[1] === 'Photos not suitable')
    window.assertQuiet()
  })

  test('filters the trail by the URL, verifies all of it, and exports a file that the command verifies', async () => {
    await using window = await openConsole(browser, server, { member })
    const { page } = window
    await window.goto('/trail')
    await page.getByLabel('Action').selectOption('policy.change')
    await page.getByText(/韩梅梅 changed the policy \(version 2\): more time/).waitFor()
    assert.match(page.url(), /action=policy\.change/)
    await page.getByRole('button', { name: 'Verify now' }).click()
    await page.getByText(/^Whole: \d+ entries/).waitFor()
    await page.getByText(/Verified by 韩梅梅, Today/).waitFor()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export, signed' }).click()
    const download = await downloading
    assert.equal(download.suggestedFilename(), `shenpi-trail-installation-${YEAR - 1}-11-12.jsonl`)
    const path = join(server.place.dataDir, 'trail.jsonl')
    const chunks = await (await download.createReadStream()).toArray()
    await writeFile(path, Buffer.concat(chunks))
    const { x } = await server.api.getTrailKey()
    const { stdout } = await runShenpi(['audit', 'verify', path, '--key', x], {})
    assert.match(stdout, /The trail of the installation is whole.*\n.*staff:韩梅梅\.\nSigned by the key that you gave/)
    window.assertQuiet()
  })
})
