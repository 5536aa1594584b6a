import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import decodeQr from 'qr/decode.js'
import { inviteFirstOperator } from '../../src/staff/one-time-link.store.ts'
import { RECENT_MS } from '../../src/staff/sessions/session.ts'
import { anApp, STEP_MS } from '../authenticator-app.ts'
import { A_PASSWORD, aMember } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { CLIENT, startProvider, type TestProvider } from '../oidc-provider.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { buildConsole } from './build-console.ts'
import { launchBrowser, openConsole } from './open-console.ts'

/** The side of a QR code's module in what a camera sees. */
const PIXELS = 4

const executablePath = findProgram(CHROMIUM)

describe('signing in to the console', { skip: !executablePath && withoutProgram(CHROMIUM) }, () => {
  const [kind] = DATABASES as [DatabaseKind]
  let server: TestServer
  let provider: TestProvider
  let browser: Browser
  before(async () => {
    buildConsole()
    provider = await startProvider({ id: '4711', claims: { preferred_username: 'Wang', groups: ['review'] } })
    const oidc = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret }
    const env = { ...oidc, OIDC_ROLES: 'review=reviewer', OIDC_LABEL: 'Company', SANDBOX_STAFF: 'demo' }
    server = await startTestServer(kind, { env })
    await provider.open(`${server.url.replace('127.0.0.1', 'localhost')}/api/v1/sign-in/oidc/callback`)
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await server[Symbol.asyncDispose]()
    await provider[Symbol.asyncDispose]()
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
    await signOut(page, /Mei/)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('button', { name: /Mei/ }).waitFor()
    window.assertQuiet()
  })

  test('shows a QR code that an app reads, and then goes by its code or by a recovery code', async () => {
    const member = await aMember(server, 'Han', ['reviewer'])
    await using window = await openConsole(browser, server, { member })
    const { page } = window
    await window.goto('/settings')
    await page.getByRole('button', { name: 'Set up' }).click()
    const uri = await readQr(page)
    assert.match(uri, /^otpauth:\/\/totp\/Shenpi%3AHan\?secret=[A-Z2-7]{32}&/)
    const app = anApp(new URL(uri).searchParams.get('secret') ?? '', server)
    await page.getByRole('textbox', { name: 'Code' }).fill(app.code())
    await page.getByRole('button', { name: 'Turn on' }).click()
    const [recovery = ''] = await page.getByRole('dialog', { name: 'Recovery codes' }).locator('li').allInnerTexts()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('On; 10 recovery codes are left.').waitFor()

    await signOut(page, /Han/)
    await fillPassword(page, 'Han')
    await page.getByRole('textbox', { name: 'Code' }).waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
    assert.equal(await page.getByLabel('Name').inputValue(), 'Han')
    await fillPassword(page, 'Han')
    await page.getByRole('textbox', { name: 'Code' }).fill(app.code())
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'The code is wrong' }).waitFor()
    server.clock.advance(STEP_MS)
    await page.getByRole('textbox', { name: 'Code' }).fill(app.code())
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Han/ }).waitFor()

    await signOut(page, /Han/)
    await fillPassword(page, 'Han')
    await page.getByRole('button', { name: 'Use a recovery code' }).click()
    await page.getByLabel('Recovery code').fill(recovery)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Han/ }).waitFor()
    await window.goto('/settings')
    await page.getByText('On; 9 recovery codes are left.').waitFor()
  })

  test('is asked for anew where the session is old and another way in is made; who cancels it is where they were', async () => {
    const member = await aMember(server, 'Old', ['reviewer'])
    await using window = await openConsole(browser, server, { member })
    const { page } = window
    server.clock.advance(RECENT_MS)
    await window.goto('/settings')
    await page.getByRole('button', { name: 'Set up' }).click()
    const again = page.getByRole('dialog', { name: 'Sign in again' })
    await again.getByText('This changes how you sign in.').waitFor()
    await page.keyboard.press('Escape')
    await again.waitFor({ state: 'detached' })
    assert.equal(await page.getByRole('dialog').count(), 0)
    assert.equal(await page.getByRole('alert').count(), 0)
    await page.getByText('Asks for a code beside the password.').waitFor()

    await page.getByRole('button', { name: 'Set up' }).click()
    await again.getByLabel('Password').fill(A_PASSWORD)
    await page.keyboard.press('Enter')
    await again.waitFor({ state: 'detached' })
    await page.getByRole('dialog', { name: 'Authenticator app' }).waitFor()
  })

  test('goes by the provider, back to the page that was asked for', async () => {
    await using window = await openConsole(browser, server)
    const { page } = window
    await window.goto('/queue?due=later')
    await page.getByRole('link', { name: 'Sign in with Company' }).click()
    await page.getByRole('button', { name: /Wang/ }).waitFor()
    assert.match(page.url(), /\/console\/queue\?due=later$/)
    await window.goto('/settings')
    await page.getByText('You sign in with your organisation’s provider').waitFor()
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

async function signOut(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('Password').waitFor()
}

async function fillPassword(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password').fill(A_PASSWORD)
  await page.keyboard.press('Enter')
}

/** What a camera reads from the QR code on the page. */
async function readQr(page: Page): Promise<string> {
  const code = page.getByRole('img', { name: 'QR code of the key' })
  const side = Number((await code.getAttribute('viewBox'))?.split(' ')[2])
  const width = side * PIXELS
  const data = new Uint8Array(width * width * 3).fill(255)
  const path = (await code.locator('path').getAttribute('d')) ?? ''
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)/g)) {
    for (let pixel = 0; pixel < PIXELS * PIXELS; pixel += 1) {
      const row = Number(y) * PIXELS + Math.floor(pixel / PIXELS)
      const at = row * width + Number(x) * PIXELS + (pixel % PIXELS)
      data.fill(0, at * 3, at * 3 + 3)
    }
  }
  return decodeQr({ width, height: width, data })
}

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
