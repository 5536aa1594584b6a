import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { SANDBOX_ACCOUNT } from '../../src/sandbox/account.ts'
import { anOperator, type Browser as Member } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { assertAccessible } from './axe.ts'
import { buildConsole } from './build-console.ts'
import { fillQueue, HOSTILE } from './fill-queue.ts'
import { launchBrowser, type OpenConsole, openConsole } from './open-console.ts'

const DIST = join(import.meta.dirname, '../../../console/dist/assets')
/** Of what the first page loads. Unit: bytes of gzip. */
const SCRIPTS_MAX = 200_000
const STYLES_MAX = 10_000

/** Each page and what lies over it: how it is reached, whether its key is good once its button is there, and what stands there then. */
const PAGES = [
  { name: 'the queue', path: '/queue', keys: [], shows: '[role="row"]' },
  { name: 'the filter of kinds', path: '/queue', keys: ['f'], shows: '[role="menu"]' },
  { name: 'an empty queue', path: '/queue?kind=store', keys: [], shows: 'h2' },
  { name: 'what was found', path: '/queue?q=13800001234', keys: [], shows: 'li a[href*="/applications/"]' },
  { name: 'an application', path: '/applications/2-1', keys: [], shows: 'img[alt]' },
  {
    name: 'the form of a rejection',
    path: '/applications/2-1',
    keys: ['r'],
    button: true,
    shows: 'textarea[aria-invalid]',
  },
  { name: 'the palette', path: '/queue', keys: ['Control+k'], shows: '[role="listbox"]' },
  { name: 'the help', path: '/queue', keys: ['?'], shows: '[role="dialog"] kbd' },
  { name: 'the policy', path: '/policy', keys: [], shows: '[data-look="holiday"]' },
  { name: 'the reasons', path: '/reasons', keys: [], shows: 'li h3' },
  { name: 'the staff', path: '/staff', keys: [], shows: 'h3' },
  { name: 'the trail', path: '/trail', keys: [], shows: 'li time' },
  { name: 'the dashboard', path: '/dashboard', keys: [], shows: 'main section h2' },
  { name: 'the tables of the dashboard', path: '/dashboard', keys: ['t'], shows: 'main table' },
  { name: 'the samples', path: '/samples', keys: [], shows: 'main h2' },
  { name: 'the name of a view', path: '/queue?due=later', keys: ['s'], button: true, shows: '[role="dialog"] input' },
  { name: 'the settings', path: '/settings', keys: [], shows: '[role="radiogroup"]' },
  { name: 'the accounts', path: '/accounts', keys: [], shows: '[role="row"] a' },
  { name: 'an account', path: `/accounts/${SANDBOX_ACCOUNT.appid}`, keys: [], shows: 'dl code' },
  { name: 'its devices', path: `/accounts/${SANDBOX_ACCOUNT.appid}/devices`, keys: [], shows: 'h2' },
  { name: 'its quota', path: `/accounts/${SANDBOX_ACCOUNT.appid}/quota`, keys: [], shows: '[role="img"]' },
  { name: 'its grants', path: `/accounts/${SANDBOX_ACCOUNT.appid}/grants`, keys: [], shows: 'h3' },
  { name: 'its limits', path: `/accounts/${SANDBOX_ACCOUNT.appid}/limits`, keys: [], shows: 'textarea' },
  { name: 'its secret', path: `/accounts/${SANDBOX_ACCOUNT.appid}/secret`, keys: [], shows: 'h3' },
  { name: 'the requests of the sandbox', path: '/sandbox', keys: [], shows: 'main [aria-current] >> text=Requests' },
  { name: 'its callbacks', path: '/sandbox/callbacks', keys: [], shows: 'main h2' },
  { name: 'its rules and faults', path: '/sandbox/rules', keys: [], shows: 'main select' },
  { name: 'its snapshots', path: '/sandbox/snapshots', keys: [], shows: 'main form' },
  { name: 'its phone', path: '/sandbox/phone', keys: [], shows: 'main h2' },
  { name: 'the callbacks', path: '/callbacks', keys: [], shows: 'h2' },
  { name: 'the sign-in', path: '/queue', keys: [], shows: 'input[type="password"]', visitor: true },
  {
    name: 'a link that is no good',
    path: '/invitation#none-that-was-ever-drawn',
    keys: [],
    shows: 'h2',
    visitor: true,
  },
] as const

/** How many elements take their time. */
const SLOW = `[...document.querySelectorAll('*')]
  .map((element) => getComputedStyle(element))
  .filter((style) => Number.parseFloat(style.animationDuration) > 0.01 || Number.parseFloat(style.transitionDuration) > 0.01)
  .length`

/** Those that people work in where there is little room. */
const NARROW: readonly string[] = [
  ...['the queue', 'an application', 'the form of a rejection', 'the settings'],
  ...['the accounts', 'an account', 'its quota', 'its limits', 'the callbacks'],
  ...['the policy', 'the reasons', 'the staff', 'the trail', 'the dashboard'],
  ...['the requests of the sandbox', 'its callbacks', 'its rules and faults', 'its snapshots', 'its phone'],
]
const WIDE = { width: 1366, height: 820 }
const WINDOWS = { 'a telephone': { width: 360, height: 740 }, 'a window at 200 %': { width: 683, height: 410 } }

const executablePath = findProgram(CHROMIUM)

describe('the pages of the console', { skip: !executablePath && withoutProgram(CHROMIUM) }, () => {
  const [kind] = DATABASES as [DatabaseKind]
  let server: TestServer
  let browser: Browser
  let member: Member
  let window: OpenConsole
  before(async () => {
    buildConsole()
    server = await startTestServer(kind)
    await fillQueue(server, 3)
    member = await anOperator(server)
    browser = await launchBrowser()
    window = await openConsole(browser, server, { member })
  })
  after(async () => {
    await browser.close()
    await server[Symbol.asyncDispose]()
  })

  test('name each entry of the navigation where only its sign is shown', async () => {
    await window.page.setViewportSize(WINDOWS['a telephone'])
    await window.goto('/queue')
    await assertAccessible(window.page, 'aside')
    await window.page.setViewportSize(WIDE)
  })

  for (const { name, path, keys, shows, ...rest } of PAGES) {
    const isNarrow = NARROW.includes(name)
    const fits = isNarrow ? ', without scrolling sideways where there is little room' : ''
    test(`show ${name} to everybody, in both languages and schemes, and break no policy${fits}`, async () => {
      await using visitor = 'visitor' in rest ? await openConsole(browser, server) : undefined
      const shown = visitor ?? window
      await shown.page.setViewportSize(isNarrow ? WINDOWS['a telephone'] : WIDE)
      await shown.goto(path)
      for (const key of keys) {
        if ('button' in rest) await shown.page.locator(`[aria-keyshortcuts="${key}"]:enabled`).waitFor()
        await shown.page.keyboard.press(key)
      }
      await shown.page.locator(shows).first().waitFor()
      if (isNarrow) await assertFits(shown.page)
      await assertAccessible(shown.page)
      shown.assertQuiet()
    })
  }

  test(`load ${SCRIPTS_MAX} bytes of scripts at most with the first of them, and ${STYLES_MAX} of styles`, async (t) => {
    const loaded: string[] = []
    window.page.on('response', (response) => loaded.push(response.url().split('/assets/')[1] ?? ''))
    await window.goto('/queue')
    await window.page.locator('[role="row"]').first().waitFor()
    await window.page.waitForLoadState('networkidle')
    const sum = (suffix: string) =>
      loaded
        .filter((name) => name.endsWith(suffix))
        .reduce((bytes, name) => bytes + readFileSync(join(DIST, `${name}.gz`)).length, 0)
    const [scripts, styles] = [sum('.js'), sum('.css')]
    t.diagnostic(`scripts ${scripts}, styles ${styles} bytes of gzip`)
    assert.ok(scripts > 0 && scripts <= SCRIPTS_MAX && styles > 0 && styles <= STYLES_MAX, `${scripts}, ${styles}`)
  })

  for (const [name, size] of Object.entries(WINDOWS)) {
    test(`let an application be decided in ${name}`, async () => {
      await window.page.setViewportSize(size)
      await window.goto('/applications/2-1')
      await window.page.getByRole('button', { name: /^Approve/ }).click({ trial: true })
      await window.page.setViewportSize(WIDE)
    })
  }

  test('show what a merchant wrote as text, and what is invisible in it by its number', async () => {
    await window.goto('/applications/2-1')
    const field = window.page.locator('dd').filter({ hasText: 'onerror' })
    assert.equal((await field.first().innerText()).replace('U+202E', '\u202e'), HOSTILE)
    assert.equal(await window.page.locator('nav [aria-current]').innerText(), 'Queue')
    window.assertQuiet()
  })

  test('move nothing for those who want nothing moved', async () => {
    await window.goto('/queue')
    const slow = await window.page.evaluate<number>(SLOW)
    assert.equal(slow, 0)
  })

  test('tell of a path that is none, and the way back', async () => {
    await window.page.goto(`${server.url.replace('127.0.0.1', 'localhost')}/console/no/such/page`)
    await window.page.getByText('There is no such page.').waitFor()
    await window.page.getByRole('main').getByRole('link', { name: 'Queue' }).click()
    await window.page.locator('[role="row"]').first().waitFor()
  })
})

/** Fails where there is something beside the page in a window of either size; leaves the page in a wide one. */
async function assertFits(page: Page): Promise<void> {
  for (const [name, size] of Object.entries(WINDOWS)) {
    await page.setViewportSize(size)
    await page.waitForLoadState('networkidle')
    const [inner, outer] = await page.evaluate<[number, number]>('[document.body.scrollWidth, innerWidth]')
    assert.ok(inner <= outer, `${name}: ${inner} of ${outer}`)
  }
  await page.setViewportSize(WIDE)
}
