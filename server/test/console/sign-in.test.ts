import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { inviteFirstOperator } from '../../src/staff/one-time-link.store.ts'
import { A_PASSWORD, aMember } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { buildConsole } from './build-console.ts'
import { launchBrowser, openConsole } from './open-console.ts'

const executablePath = findProgram(CHROMIUM)

describe('signing in to the console', { skip: !executablePath && withoutProgram(CHROMIUM) }, () => {
  const [kind] = DATABASES as [DatabaseKind]
  let server: TestServer
  let browser: Browser
  before(async () => {
    await buildConsole()
    server = await startTestServer(kind, { env: { SANDBOX_STAFF: 'demo' } })
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await server[Symbol.asyncDispose]()
  })

  test('makes the first operator by the link that the start prints, who sees the queue', async () => {
    const token = await inviteFirstOperator(server.services.db, server.clock)
    await using window = await openConsole(browser, server)
    const { page } = window
    await window.goto(`/invitation#${token}`)
    await page.getByLabel('Name').fill('韩梅梅')
    await page.getByLabel('Choose a password').fill('too short')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'at least 12 characters' }).waitFor()
    await page.getByLabel('Choose a password').fill(A_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('Nothing waits for a review').waitFor()
    window.assertQuiet()
  })

  test('tells at the field that name or password is wrong, and shows the page that was asked for', async () => {
    await aMember(server, 'Li', ['reviewer'])
    await using window = await openConsole(browser, server)
    const { page } = window
    await window.goto('/settings')
    await page.getByLabel('Name').fill('Li')
    await page.getByLabel('Password').fill('something else')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'Name or password is wrong' }).waitFor()
    assert.equal(await page.getByLabel('Name').inputValue(), 'Li')
    await page.getByLabel('Password').fill(A_PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Sessions' }).waitFor()
  })

  test('goes by a passkey that was added in the settings', async () => {
    const member = await aMember(server, 'Mei', ['reviewer'])
    await using window = await openConsole(browser, server, { member })
    const { page } = window
    await addAuthenticator(page)
    await window.goto('/settings')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByText('Passkey 1').waitFor()
    await page.getByRole('button', { name: /Mei/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('button', { name: /Mei/ }).waitFor()
    window.assertQuiet()
  })

  test('takes one click as the demo reviewer', async () => {
    await using window = await openConsole(browser, server)
    await window.goto('/queue')
    await window.page.getByRole('button', { name: 'Enter as the demo reviewer' }).click()
    await window.page.getByText('Nothing waits for a review').waitFor()
    window.assertQuiet()
  })
})

/** A security key that a person touches at once. */
async function addAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
