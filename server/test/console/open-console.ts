import assert from 'node:assert/strict'
import type { Language } from '@shenpi/sdk/contract/states'
import { type Browser, type BrowserContext, type ConsoleMessage, chromium, type Page } from 'playwright-core'
import type { Browser as Member } from '../browser.ts'
import { CHROMIUM, findProgram } from '../programs.ts'
import type { TestServer } from '../start-server.ts'

/** Runs without a screen and as root, and speaks to nobody but the page's server. */
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
  ...['--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** No page, but of the console's origin and policy, so that the browser keeps the process of the page before. */
const PARKED_AT = '/console/assets/none'

/** A path of no page. */
const NOWHERE = '/no/such/page'

export type ConsoleServer = Pick<TestServer, 'url' | 'clock'>

export interface Look {
  language?: Language
  scheme?: 'light' | 'dark'
  width?: number
  height?: number
  reducedMotion?: boolean
  /** Its clock runs, for what is measured; otherwise it stands where the server’s does. */
  runs?: boolean
  /** Who is signed in in it; by default nobody. */
  member?: Member
}

/** A browser's window on the console. */
export interface OpenConsole extends AsyncDisposable {
  page: Page
  context: BrowserContext
  goto(path: string): Promise<void>
  /** Go there as the console's own links do: the page is not loaded anew, and nothing stays open of the one before. */
  visit(path: string): Promise<void>
  /** Fails where the page broke its policy or wrote an error. */
  assertQuiet(): void
}

/**
 * Windows that tests have left, by whose they are. The first page of a new one costs four times what the next page in
 * it does: its process starts, reads the fonts and compiles the scripts.
 */
const parked = new WeakMap<Browser, Map<string, Page[]>>()

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findProgram(CHROMIUM), headless: true, args: FLAGS })

/** Open the console in a window with nothing in it that an earlier test left. */
export async function openConsole(browser: Browser, server: ConsoleServer, look: Look = {}): Promise<OpenConsole> {
  const { scheme = 'light', width = 1366, height = 820, reducedMotion = true, member } = look
  const url = server.url.replace('//127.0.0.1:', '//localhost:')
  const { page, park } = await takeWindow(browser, url, server, look)
  const context = page.context()
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: reducedMotion ? 'reduce' : 'no-preference' })
  if (member?.token) await context.addCookies([{ name: 'shenpi', value: member.token, url, httpOnly: true }])
  const errors: string[] = []
  const noteMessage = (message: ConsoleMessage) => message.type() === 'error' && errors.push(message.text())
  const noteError = (error: Error) => errors.push(String(error))
  page.on('console', noteMessage).on('pageerror', noteError)
  return {
    page,
    context,
    async goto(path) {
      await page.goto(`${url}/console${path}`)
      await page.locator('h1').waitFor()
    },
    async visit(path) {
      await page.evaluate(`history.pushState({}, '', '/console${NOWHERE}')`)
      await page.locator('h1').waitFor({ state: 'detached' })
      await page.evaluate(`history.pushState({}, '', '/console${path}')`)
      await page.locator('h1').waitFor()
    },
    assertQuiet: () => assert.deepEqual(errors.splice(0), []),
    async [Symbol.asyncDispose]() {
      page.off('console', noteMessage).off('pageerror', noteError)
      await park()
    },
  }
}

/** A window that was left, or a new one. */
async function takeWindow(
  browser: Browser,
  url: string,
  server: ConsoleServer,
  { language = 'en', runs, member }: Look,
) {
  const windows = parked.get(browser) ?? new Map<string, Page[]>()
  parked.set(browser, windows)
  const owner = [url, member?.token, language, runs].join(' ')
  const left = windows.get(owner) ?? []
  windows.set(owner, left)
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  const page = left.pop() ?? (await (await browser.newContext({ locale })).newPage())
  if (!runs) await page.clock.setFixedTime(server.clock.now())
  const park = async () => {
    if (page.isClosed()) return
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await page.context().setOffline(false)
    await page.goto(url + PARKED_AT)
    await page.evaluate('localStorage.clear(), sessionStorage.clear()')
    await page.context().clearCookies()
    left.push(page)
  }
  return { page, park }
}
