import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { SANDBOX_ACCOUNT } from '../../src/sandbox/account.ts'
import { RECENT_MS } from '../../src/staff/sessions/session.ts'
import { anApp } from '../authenticator-app.ts'
import { aMember, anOperator } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { decide } from '../decide.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { submitSome } from '../submit-some.ts'
import { assertAccessible } from './axe.ts'
import { buildConsole } from './build-console.ts'
import { fillQueue } from './fill-queue.ts'
import { launchBrowser, type OpenConsole, openConsole } from './open-console.ts'

interface DialogCase {
  name: string
  path: string
  /** As somebody does who reads English. */
  open: (page: Page, server: TestServer) => Promise<unknown>
  /** What stands there then. */
  shows: string
  /** What it is where it is no dialog. */
  part?: string
  /** Something that the page asks is refused, which Chromium writes as an error; such come last. */
  isRefused?: true
}

const ACCOUNT = `/accounts/${SANDBOX_ACCOUNT.appid}`

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

async function pressIn(page: Page, name: string) {
  await page.getByRole('dialog').getByRole('button', { name }).last().click()
}

async function ask(page: Page, item: string) {
  await press(page, 'What can be done about 李雷')
  await page.getByRole('menuitem', { name: item }).click()
}

async function chooseRows(page: Page) {
  await page.locator('[role="row"]').first().waitFor()
  for (const key of ['x', 'j', 'x']) await page.keyboard.press(key)
}

async function load(page: Page, text: string) {
  await press(page, 'Load a file')
  const file = { name: 'holidays.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
  await page.getByLabel('Choose a file').setInputFiles(file)
}

/** In an order in which none takes away what a later one needs. */
const DIALOGS: readonly DialogCase[] = [
  {
    name: 'approving many, with its preview',
    path: '/queue',
    open: (page) => chooseRows(page).then(() => press(page, 'Approve…')),
    shows: 'have their outcome',
  },
  {
    name: 'rejecting many, with its preview',
    path: '/queue',
    open: (page) => chooseRows(page).then(() => press(page, 'Reject…')),
    shows: 'have their outcome',
  },
  {
    name: 'the notice that undoes',
    path: '/applications/4-1',
    open: async (page) => {
      await page.locator('button:enabled', { hasText: /^Approve/ }).waitFor()
      await page.keyboard.press('a')
    },
    shows: 'Approved 4-1',
    part: '[aria-live="polite"]',
  },
  {
    name: 'freezing an account',
    path: ACCOUNT,
    open: (page) => press(page, 'Freeze the account…'),
    shows: 'is refused',
  },
  {
    name: 'a higher ceiling, refused at its fields',
    path: `${ACCOUNT}/quota`,
    open: (page) => press(page, 'Apply for a higher ceiling…').then(() => page.keyboard.press('Control+Enter')),
    shows: 'Give a whole number above 0.',
  },
  {
    name: 'the callback URL, refused at its fields',
    path: `${ACCOUNT}/callbacks`,
    open: (page) => press(page, /^Set the callback URL|^Change/).then(() => pressIn(page, 'Save')),
    shows: 'Give an http or https URL.',
  },
  {
    name: 'rotating a secret',
    path: `${ACCOUNT}/secret`,
    open: (page) => press(page, 'Rotate the secret…'),
    shows: 'end at once',
  },
  {
    name: 'the new secret',
    path: `${ACCOUNT}/secret`,
    open: (page) => press(page, 'Rotate the secret…').then(() => pressIn(page, 'Rotate')),
    shows: 'I have kept it',
  },
  {
    name: 'replaying a range, with its preview',
    path: '/callbacks?state=unaddressed',
    open: (page) => press(page, 'Replay a range…').then(() => pressIn(page, 'Preview')),
    shows: 'more will not be sent',
  },
  {
    name: 'replaying a range, refused at its field',
    path: '/callbacks',
    open: async (page) => {
      await press(page, 'Replay a range…')
      await page.getByRole('dialog').getByLabel('AppID of the account').fill('wx-nonsense')
      await pressIn(page, 'Preview')
    },
    shows: 'An AppID is wx and',
  },
  {
    name: 'a number of the policy, refused at its field',
    path: '/policy',
    open: async (page) => {
      await press(page, 'Change: Time to undo')
      await page.getByLabel('Time to undo (seconds)').fill('99')
    },
    shows: 'A whole number from 0 to 60.',
  },
  ...['Second opinion', 'Samples'].map((title) => ({
    name: `a rule: ${title}`,
    path: '/policy',
    open: (page: Page) => press(page, `Change: ${title}`).then(() => pressIn(page, 'Add a rule')),
    shows: 'Kind',
  })),
  {
    name: 'a year that is loaded',
    path: '/policy',
    open: (page) => load(page, '2031-01-01,off\n2031-10-01,off\n2031-10-04,work\n'),
    shows: 'will be due at another time',
  },
  {
    name: 'a year that is wrong',
    path: '/policy',
    open: (page) => load(page, '2031-01-01,off\n2031-02-30,off\n'),
    shows: 'Line 2',
  },
  { name: 'a new reason', path: '/reasons', open: (page) => press(page, 'Add a reason'), shows: 'stands for' },
  {
    name: 'a reason that is too long',
    path: '/reasons?kind=store',
    open: async (page) => {
      await press(page, 'Edit “Photos not suitable”')
      await page.getByLabel('Text (Chinese)').fill('字'.repeat(251))
    },
    shows: '502/500',
  },
  { name: 'an invitation', path: '/staff', open: (page) => press(page, 'Invite'), shows: 'They sign in by it' },
  {
    name: 'the link of an invitation',
    path: '/staff',
    open: async (page) => {
      await press(page, 'Invite')
      await page.getByLabel('Name').fill('Wang')
      await pressIn(page, 'Make the link')
    },
    shows: 'I have handed it over',
  },
  { name: 'roles', path: '/staff', open: (page) => ask(page, 'Change roles'), shows: 'Roles of 李雷' },
  { name: 'ending sessions', path: '/staff', open: (page) => ask(page, 'End'), shows: 'End the sessions of 李雷?' },
  { name: 'a reset', path: '/staff', open: (page) => ask(page, 'Reset'), shows: 'Reset how 李雷 signs in?' },
  { name: 'a deactivation', path: '/staff', open: (page) => ask(page, 'Deactivate'), shows: 'Deactivate 李雷?' },
  {
    name: 'a new key, refused at its field',
    path: '/staff',
    open: (page) => press(page, 'New key').then(() => page.getByRole('dialog').getByLabel('Name').fill('a key')),
    shows: 'New key',
  },
  {
    name: 'the key that was made',
    path: '/staff',
    open: async (page) => {
      await press(page, 'New key')
      await page.getByRole('dialog').getByLabel('Name').fill('till')
      await page.getByRole('dialog').getByLabel('Auditor').check()
      await pressIn(page, 'New key')
    },
    shows: 'I have kept it',
  },
  { name: 'revoking a key', path: '/staff', open: (page) => press(page, 'Revoke the key till?'), shows: 'Revoke' },
  {
    name: 'the menu of oneself',
    path: '/queue',
    open: (page) => press(page, /韩梅梅/),
    shows: 'Sign out',
    part: '[role="menu"]',
  },
  { name: 'the password', path: '/settings', open: (page) => press(page, 'Change'), shows: 'Current password' },
  { name: 'an app for codes', path: '/settings', open: (page) => press(page, 'Set up'), shows: 'Turn on' },
  {
    name: 'recovery codes',
    path: '/settings',
    open: async (page, server) => {
      await press(page, 'Set up')
      const secret = await page.getByText(/^[A-Z2-7]{32}/).innerText()
      await page.getByRole('textbox', { name: 'Code' }).fill(anApp(secret.trim().slice(0, 32), server).code())
      await pressIn(page, 'Turn on')
    },
    shows: 'I have kept them',
  },
  {
    name: 'the taking over of a claim',
    path: '/applications/3-1',
    open: async () => {},
    shows: 'Take over',
    part: 'main',
    isRefused: true,
  },
  {
    name: 'a sign-in that is asked for anew',
    path: '/settings',
    open: async (page, server) => {
      server.clock.advance(RECENT_MS)
      await press(page, 'New recovery codes')
    },
    shows: 'This changes how you sign in.',
    isRefused: true,
  },
]

const executablePath = findProgram(CHROMIUM)

describe('the dialogs of the console', { skip: !executablePath && withoutProgram(CHROMIUM) }, () => {
  const [kind] = DATABASES as [DatabaseKind]
  let server: TestServer
  let browser: Browser
  let window: OpenConsole
  before(async () => {
    buildConsole()
    server = await startTestServer(kind)
    await fillQueue(server, 3)
    const member = await anOperator(server)
    const [decided = ''] = await submitSome(server, 1)
    await decide(server, decided, 'approve')
    const reviewer = await aMember(server, '李雷', ['reviewer'])
    await reviewer.ok('POST', '/applications/3-1/claim')
    const { version } = await server.api.getPolicy()
    await server.api.changePolicy({ version, body: { settings: { undo_seconds: 60 }, reason: 'a slow reader' } })
    browser = await launchBrowser()
    window = await openConsole(browser, server, { member })
    await window.goto('/queue')
  })
  after(async () => {
    await browser.close()
    await server[Symbol.asyncDispose]()
  })

  for (const { name, path, open, shows, part = '[role="dialog"]', isRefused } of DIALOGS) {
    test(`show ${name} to everybody, in both languages and schemes`, async () => {
      await window.visit(path)
      await open(window.page, server)
      await window.page.locator(part).getByText(shows).first().waitFor()
      await assertAccessible(window.page, part)
      if (!isRefused) window.assertQuiet()
    })
  }
})
