import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type ApiClient, createApiClient } from '@shenpi/sdk/client'
import { api as contract } from '@shenpi/sdk/contract/api'
import { ROLES } from '@shenpi/sdk/contract/states'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { fillQueue } from '../../demo/queue/fill-queue.ts'
import { type ServerProcess, startServerProcess } from '../../demo/server-process.ts'
import { readApiKey } from '../../src/keys/key-file.ts'
import { SANDBOX_ACCOUNT } from '../../src/sandbox/account.ts'
import { Browser as Member } from '../browser.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { type Receiver, startReceiver } from '../receiver.ts'
import { testClock } from '../test-clock.ts'
import { until } from '../until.ts'
import { buildConsole } from './build-console.ts'
import { launchBrowser, openConsole } from './open-console.ts'
import { type Stop, TOUR, TOUR_FOLDER } from './tour.ts'

// npm run tour draws the pictures of docs/console.md anew, from the console and the demo’s queue as they are now;
// with -- --test-name-pattern=NAME those of that name alone.

const FOLDER = join(import.meta.dirname, '../../..', TOUR_FOLDER)
const SIZE = { width: 1280, height: 800 }
/** Of a machine that does much else. */
const PATIENCE_MS = 90_000
/** Nothing moves, and each picture in sight is there. */
const STANDS = `document.getAnimations().every(({ playState }) => playState !== 'running') &&
  [...document.images].every((image) => image.complete || image.loading === 'lazy')`

function reasonNotTo(): string | false {
  if (!process.env.DRAW_TOUR) return 'npm run tour draws it'
  return findProgram(CHROMIUM) ? false : withoutProgram(CHROMIUM)
}

describe('the pictures of the tour', { skip: reasonNotTo() }, () => {
  let server: ServerProcess
  let receiver: Receiver
  let api: ApiClient
  let browser: Browser
  let member: Member
  let appid: string
  let sampled: string
  let rid: string
  before(async () => {
    mkdirSync(FOLDER, { recursive: true })
    buildConsole()
    // In a process of its own: a server lets its own draw nothing.
    server = await startServerProcess()
    const key = (await readApiKey(server.dataDir)) ?? ''
    api = createApiClient({ url: server.url, key })
    await changeSamples(100, 'everything, to begin with')
    await fillQueue({ url: server.url, key, api })
    await changeSamples(5, 'one in twenty suffices')
    receiver = await startReceiver()
    member = new Member(server)
    member.headers['user-agent'] = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
    await member.accept(await invite('韩梅梅', ROLES))
    await new Member(server).accept(await invite('李雷', ['reviewer']))
    await api.createKey({ body: { name: 'erp', roles: ['auditor'] } })
    await loadMissingYear()
    sampled = (await member.ok('GET', '/samples')).items.at(-1).id
    appid = await callBackOnce()
    rid = await refuseOnce()
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    await receiver?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  const invite = async (name: string, roles: readonly (typeof ROLES)[number][]) =>
    (await api.inviteStaff({ body: { name, roles: [...roles] } })).link

  async function changeSamples(percent: number, reason: string) {
    const { version } = await api.getPolicy()
    await api.changePolicy({ version, body: { settings: { samples: [{ percent }] }, reason } })
  }

  /** From November on every page would tell of it. */
  async function loadMissingYear() {
    const year = (await api.getPolicy()).calendar.missing
    if (year === null) return
    const holidays = [`${year}-01-01`, `${year}-05-01`, `${year}-10-01`]
    await api.loadCalendarYear({ params: { year }, body: { holidays, workdays: [] } })
  }

  /** A merchant hears of an approval. Answers its AppID. */
  async function callBackOnce() {
    const { items } = await api.listApplications({
      query: { state: 'under_review', kind: 'category_qualification', limit: 50 },
    })
    const { id, appid, version } = items.at(-1) ?? { id: '', appid: '', version: 0 }
    const { url, token, encodingAesKey: encoding_aes_key } = receiver
    const body = { url, token, encoding_aes_key, mode: 'plain', format: 'xml' } as const
    await api.call(contract.setCallback, { params: { appid }, body })
    await api.decideApplication({ params: { id }, version, body: { move: 'approve' } })
    await until(async () => (await api.listDeliveries({ query: { state: 'delivered' } })).items.length > 0)
    return appid
  }

  /** The sandbox's own account sends a request with mistakes. Answers its rid. */
  async function refuseOnce() {
    const credentials = new URLSearchParams({ grant_type: 'client_credential', ...SANDBOX_ACCOUNT })
    const token = (await (await fetch(`${server.url}/cgi-bin/token?${credentials}`)).json()) as { access_token: string }
    const audit_req = { license: [7], category_info: { level1: '12345678901', level2: 6489 } }
    const init = { method: 'POST', body: JSON.stringify({ audit_req }) }
    const refused = await fetch(`${server.url}/shop/audit/audit_category?access_token=${token.access_token}`, init)
    return refused.headers.get('x-shenpi-rid') ?? ''
  }

  async function pathOf({ route, path = route, finds }: Stop): Promise<string> {
    const { items } = await api.listApplications({ query: { state: 'under_review', limit: 200 } })
    const found = items.find(
      ({ kind, resubmission_of }) => kind === finds?.kind && (resubmission_of !== null) === (finds.again ?? false),
    )
    const [delivery] = (await api.listDeliveries({ query: { state: 'delivered' } })).items
    const invitation = path.includes('INVITATION') ? (await invite('王芳', ['reviewer'])).split('#')[1] : ''
    return path
      .replace('APPLICATION', `${found?.id}`)
      .replace('SAMPLE', sampled)
      .replace('APPID', appid)
      .replace('DELIVERY', `${delivery?.id}`)
      .replace('INVITATION', `${invitation}`)
      .replace('SANDBOX', SANDBOX_ACCOUNT.appid)
      .replace('RID', rid)
  }

  async function draw(page: Page, { name, answers, keys = [], shows }: Stop) {
    if (answers) await page.locator(answers).first().waitFor()
    for (const key of keys) await page.keyboard.press(key)
    await page.locator(shows).first().waitFor()
    await until(() => page.evaluate<boolean>(STANDS), PATIENCE_MS)
    const picture = sharp(await page.screenshot()).webp({ quality: 82, effort: 6 })
    await picture.toFile(join(FOLDER, `${name}.webp`))
  }

  for (const stop of TOUR) {
    test(`are drawn: ${stop.name}`, async () => {
      const look = { ...SIZE, ...stop.look, ...(!stop.isVisitor && { member }), runs: true }
      await using window = await openConsole(browser, { url: server.url, clock: testClock() }, look)
      window.page.setDefaultTimeout(PATIENCE_MS)
      await window.goto(await pathOf(stop))
      await draw(window.page, stop)
    })
  }
})
