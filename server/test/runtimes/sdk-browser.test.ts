import assert from 'node:assert/strict'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { aRegistration } from '../factories.ts'
import { refuseWith, startMisbehavingPlatform } from '../misbehaving-platform.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { type InstalledSdk, installSdk } from './installed-sdk.ts'
import { REVIEWED } from './reviewed.ts'
import { type SiteOptions, startSite } from './site.ts'

/** Runs without a screen and as root, and speaks to nobody but the page's server. */
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
  ...['--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
]
const CLIENT = '/app/node_modules/@shenpi/sdk/client.js'

const executablePath = findProgram(CHROMIUM)

describe('the SDK in a browser', { skip: !executablePath && withoutProgram(CHROMIUM) }, () => {
  const [kind] = DATABASES as [DatabaseKind]
  let sdk: InstalledSdk
  let browser: Browser

  before(async () => {
    sdk = installSdk()
    cpSync(join(import.meta.dirname, 'reviewer.mjs'), join(sdk.folder, 'reviewer.mjs'))
    writeFileSync(join(sdk.folder, 'index.html'), '<!doctype html><title>Reviewers</title>')
    browser = await chromium.launch({ executablePath, headless: true, args: FLAGS })
  })
  after(async () => {
    await browser.close()
    sdk[Symbol.dispose]()
  })

  /** A page of a site with the server behind it, under the policy that the console's pages have. */
  async function open(server: TestServer, options: Partial<SiteOptions> = {}) {
    const policy = (await fetch(`${server.url}/console/`)).headers.get('content-security-policy') ?? ''
    assert.ok(policy)
    const headers = { 'content-security-policy': policy }
    const site = await startSite({ behind: server.url, folder: sdk.folder, headers, ...options })
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${site.url}/app/index.html`)
    return {
      page,
      site,
      async [Symbol.asyncDispose]() {
        await context.close()
        await site[Symbol.asyncDispose]()
      },
    }
  }

  test('lists applications, reads one with its ETag, decides it, and reports refusals', async () => {
    await using server = await aServer(kind)
    await using opened = await open(server)
    const reviewed = await opened.page.evaluate(
      async ({ client, reviewer, url, key }) => (await import(reviewer)).review(await import(client), { url, key }),
      { client: CLIENT, reviewer: '/app/reviewer.mjs', url: opened.site.url, key: server.apiKey },
    )
    assert.deepEqual(reviewed, REVIEWED)
    const loaded = opened.site.files.map((file) => file.replace('node_modules/@shenpi/sdk/', ''))
    assert.deepEqual(loaded.sort(), [
      'calls/api.js',
      'calls/endpoints.js',
      'client.js',
      'contract/is-object.js',
      'exchange.js',
      'index.html',
      'reviewer.mjs',
    ])
  })

  test('reads and decides nothing from a page of another origin', async () => {
    await using server = await aServer(kind)
    await using opened = await open(server, { headers: {} })
    assert.match(await approve(opened.page, server.url, server.apiKey), /^UnansweredError/)
    assert.equal((await server.api.getApplication({ params: { id: '1-1' } })).state, 'under_review')
  })

  test('reports a redirect instead of following it with the key', async () => {
    await using server = await aServer(kind)
    await using elsewhere = await startMisbehavingPlatform(refuseWith(0))
    await using proxy = await startMisbehavingPlatform((request, response) =>
      response.writeHead(307, { location: `${elsewhere.url}${request.url}` }).end(),
    )
    await using opened = await open(server, { headers: {}, behind: proxy.url })
    const told = await approve(opened.page, opened.site.url, server.apiKey)
    assert.equal(told, 'UnansweredError: /applications/{id}: a redirect, which is not followed')
    assert.deepEqual(
      elsewhere.calls.filter((call) => call.startsWith('/api/')), // the browser itself asks for an icon
      [],
    )
  })

  test('decides once although the answer is lost and the browser sends the decision again', async () => {
    await using server = await aServer(kind)
    let sent = 0
    const loses = ({ method }: { method?: string }) => method === 'POST' && ++sent === 1
    await using opened = await open(server, { loses })
    const told = await approve(opened.page, opened.site.url, server.apiKey)
    assert.match(told, /^(UnansweredError|ApiProblem: .*already has an outcome)/)
    const { state, version } = await server.api.getApplication({ params: { id: '1-1' } })
    assert.deepEqual({ state, version }, { state: 'approved', version: 2 })
  })
})

/** A server with one application under review. */
async function aServer(kind: DatabaseKind): Promise<TestServer> {
  const server = await startTestServer(kind)
  await server.sandbox.post('/shakearound/account/register', aRegistration())
  return server
}

/** Have a page read and approve it. Answers what the page was told. */
function approve(page: Page, url: string, key: string): Promise<string> {
  return page.evaluate(
    async ({ client, url, key }) => {
      const { createApiClient } = await import(client)
      const api = createApiClient({ url, key })
      const params = { id: '1-1' }
      try {
        const { version } = await api.getApplication({ params })
        await api.decideApplication({ params, version, body: { move: 'approve' } })
        return 'approved'
      } catch (error) {
        return String(error)
      }
    },
    { client: CLIENT, url, key },
  )
}
