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
  /** Fails where the page broke its policy or wrote an error. */
  assertQuiet(): void
}

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findProgram(CHROMIUM), headless: true, args: FLAGS })

/** Open the console in a window of its own, with cookies of its own. */
export async function openConsole(browser: Browser, server: TestServer, look: Look = {}): Promise<OpenConsole> {
  const {
    language = 'en',
    scheme = 'light',
    width = 1366,
    height = 820,
    reducedMotion = true,
    runs = false,
    member,
  } = look
  const url = server.url.replace('//127.0.0.1:', '//localhost:')
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: scheme,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  })
  if (member?.token) await context.addCookies([{ name: 'shenpi', value: member.token, url, httpOnly: true }])
  const page = await context.newPage()
  if (!runs) await page.clock.setFixedTime(server.clock.now())
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && !isRefusal(message) && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(String(error)))
  return {
    page,
    context,
    async goto(path) {
      await page.goto(`${url}/console${path}`)
      await page.locator('h1').waitFor()
    },
    assertQuiet: () => assert.deepEqual(errors, []),
    [Symbol.asyncDispose]: () => context.close(),
  }
}

/** What the browser itself writes when the server refuses somebody who is not signed in, or a link that is no good. */
const isRefusal = (message: ConsoleMessage): boolean =>
  /\/api\/v1\/(own|sign-in\/invitation)$/.test(message.location().url)
