import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Call } from '@shenpi/sdk/contract/call'
import { commonCallProblems } from '@shenpi/sdk/contract/common-problems'
import { problemRow } from '@shenpi/sdk/contract/problems'
import { wire } from '@shenpi/sdk/contract/wire'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from './console/open-console.ts'
import { DATABASES } from './databases.ts'
import { aPicture } from './factories.ts'
import { CHROMIUM, findProgram, withoutProgram } from './programs.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const [kind] = DATABASES
assert.ok(kind)
const CALLS = Object.values(wire).flatMap((calls) => Object.values<Call>(calls))
/** The part of a page that is about one call. */
const sectionOf = (page: string, { path }: Call) =>
  page.slice(page.indexOf(`<section id="${path}">`)).split('</section>')[0] ?? ''

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Of the parts that come once, and of one call: each of a hundred calls is built alike. */
const LOOKED_AT = ['nav', '#try', 'section:nth-of-type(5)', 'section:last-of-type']
const FAULTS = `axe.run({ include: ${JSON.stringify(LOOKED_AT)} }, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))`

/** For whoever looks at the pages: a folder. */
const { SCREENSHOTS } = process.env

describe('the reference of the wire', () => {
  let server: TestServer
  let page: string
  let policy: string
  before(async () => {
    server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all' } })
    const response = await fetch(`${server.url}/docs`)
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8')
    policy = response.headers.get('content-security-policy') ?? ''
    page = await response.text()
  })
  after(() => server[Symbol.asyncDispose]())

  test('shows the fields, refusals and examples of every call', () => {
    for (const call of CALLS) {
      const section = sectionOf(page, call)
      for (const name of Object.keys(call.request.properties)) {
        assert.ok(section.includes(`<code>${name}</code>`), `${call.path}: ${name}`)
      }
      for (const code of [...call.problems, ...commonCallProblems(call)]) {
        assert.ok(section.includes(`<td><code>${problemRow(code).errcode}</code></td>`), `${call.path}: ${code}`)
      }
      assert.match(section, /<summary>Answer: /, call.path)
    }
    const [word] =
      /.{20}(?:undefined|\[object|weight-|9007199254740991).{20}/s.exec(page.split('<script>')[0] ?? '') ?? []
    assert.equal(word, undefined)
    assert.match(page, /<code>quantity<\/code><\/td><td>integer<\/td><td>At least \d.* Else <code>9001022<\/code>\.</)
  })

  const rowOf = (call: Call, name: string): string =>
    new RegExp(`<tr><td><code>${name.replace(/[[\].]/g, '\\$&')}</code>.*</tr>`).exec(sectionOf(page, call))?.[0] ?? ''

  test('says of each field what it looks like, where it stands and how it is refused', () => {
    const { addLotteryInfo, setPrizeBucket } = wire.lotteries
    assert.match(
      rowOf(addLotteryInfo, 'use_template'),
      />1 to 2\. .*It stands in the query\. Else <code>9001001<\/code>\.</,
    )
    assert.doesNotMatch(rowOf(addLotteryInfo, 'title'), /in the query/)
    assert.match(rowOf(addLotteryInfo, 'total'), / Above <code>9001072<\/code>, else <code>9001001<\/code>\./)
    assert.match(rowOf(addLotteryInfo, 'key'), />Exactly 32 letters, digits and signs\. Else <code>9001001/)
    assert.match(rowOf(addLotteryInfo, 'jump_url'), /An http or https link\. .* Also named jumpurl\./)
    assert.match(rowOf(setPrizeBucket, 'prize_info_list'), />1 to 100 of them\. /)
    assert.match(rowOf(setPrizeBucket, 'prize_info_list[].ticket'), / Else <code>9001001</)
    assert.match(
      rowOf(wire.brands.auditBrand, 'audit_req.brand_info.brand_wording'),
      / Missing <code>990007<\/code>, else <code>990008<\/code>\./,
    )
    assert.match(rowOf(wire.shopAccess.applyScene, 'scene_group_id'), />One of 1, 3\. /)
    assert.doesNotMatch(rowOf(wire.shakes.getShakeInfo, 'need_poi'), /Else/)
    assert.match(sectionOf(page, addLotteryInfo), /<pre tabindex="0">\?use_template=1&amp;logo_url=http/)
  })

  test('says of no answer how it may be sent', () => {
    for (const call of CALLS) {
      const [, answer = ''] = sectionOf(page, call).split(/<h3>Answer/)
      assert.doesNotMatch(answer.split('</table>')[0] ?? '', /read as well|Also named|passed over|Else /, call.path)
    }
  })

  test('runs and loads nothing but what is in it', () => {
    assert.match(
      policy,
      /^default-src 'none'; style-src 'sha256-[^' ]+'; script-src 'sha256-[^' ]+'; connect-src 'self';/,
    )
    assert.doesNotMatch(policy, /unsafe/)
    assert.equal([...page.matchAll(/<script/g)].length, 1)
    assert.doesNotMatch(page, / (?:src|style|onclick)=/)
  })

  test('makes no calls where the server is no sandbox', async () => {
    await using production = await startTestServer(kind, { env: { MODE: 'production' } })
    const response = await fetch(`${production.url}/docs`)
    const text = await response.text()
    assert.doesNotMatch(response.headers.get('content-security-policy') ?? '', /script-src|connect-src/)
    assert.doesNotMatch(text, /<script|<form|73616e64/)
    assert.ok(text.includes(`<section id="${wire.stores.addPoi.path}">`))
  })

  const executablePath = findProgram(CHROMIUM)

  describe('works in a browser', { skip: !executablePath && withoutProgram(CHROMIUM) }, () => {
    let browser: Browser
    before(async () => {
      browser = await launchBrowser()
    })
    after(() => browser.close())

    async function openPage(width: number, scheme: 'light' | 'dark', path = '/docs') {
      const opened = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme })
      const errors: string[] = []
      opened.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      opened.on('pageerror', (error) => errors.push(String(error)))
      await opened.goto(server.url + path)
      return { opened, errors }
    }

    const send = async (
      opened: Page,
      { path }: Call,
      fill: (form: ReturnType<Page['locator']>) => Promise<unknown>,
    ) => {
      const form = opened.locator(`form[data-path="${path}"]`)
      await fill(form)
      await form.locator('button').click()
      const output = form.locator('pre')
      await output.filter({ hasText: /^(HTTP|This is no JSON)/ }).waitFor()
      return (await output.textContent()) ?? ''
    }

    test('makes calls with a token of its own: in JSON, by query and with a file', async () => {
      const { opened, errors } = await openPage(1280, 'light')
      const batch = await send(opened, wire.deviceBatches.deviceApplyId, (form) =>
        form.locator('textarea').fill('{"quantity":2,"apply_reason":"try"}'),
      )
      assert.match(batch, /^HTTP 200, \d+ ms\n\{.*"apply_id": \d+.*"errcode": 0/s)
      assert.match(await opened.locator('input[name="token"]').inputValue(), /^[\w-]{20,}/)
      const status = await send(opened, wire.activations.accountAuditStatus, async () => {})
      assert.match(status, /"audit_status": 2/)
      const buffer = await aPicture()
      const icon = await send(opened, wire.pictures.materialAdd, async (form) => {
        await form.locator('textarea').fill('{"type":"icon"}')
        await form.locator('input').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer })
      })
      assert.match(icon, /"pic_url": "http/)
      const broken = await send(opened, wire.pictures.imgUpload, (form) => form.locator('textarea').fill('{'))
      assert.match(broken, /^This is no JSON: /)
      assert.deepEqual(errors, [])
      await opened.close()
    })

    test('makes calls as they stand in it, with what stands in the query and who calls', async () => {
      const { opened, errors } = await openPage(1280, 'light')
      const untouched = async () => {}
      assert.match(await send(opened, wire.tokens.token, untouched), /"access_token": "/)
      assert.match(await send(opened, wire.quotas.clearQuotaV2, untouched), /"errcode": 0/)
      const begin = Math.floor(server.clock.now().getTime() / 1000)
      const lottery = await send(opened, wire.lotteries.addLotteryInfo, async (form) => {
        const body = form.locator('textarea[name="request"]')
        const example = JSON.parse(await body.inputValue())
        await body.fill(JSON.stringify({ ...example, begin_time: begin, expire_time: begin + 60 }))
      })
      assert.match(lottery, /"lottery_id": "\d+",\s+"page_id": [1-9]/)
      assert.deepEqual(errors, [])
      await opened.close()
    })

    test('gets no token of one account for another, and says where none is given', async () => {
      const { opened } = await openPage(1280, 'light')
      await opened.locator('input[name="token"]').fill('of-another')
      await opened.locator('input[name="secret"]').fill('wrong')
      const form = opened.locator(`form[data-path="${wire.activations.accountAuditStatus.path}"]`)
      await form.locator('button').click()
      await form
        .locator('pre')
        .filter({ hasText: /^No access token/ })
        .waitFor()
      assert.match((await opened.locator('#try pre').textContent()) ?? '', /40125/)
      await opened.close()
    })

    for (const [path, scheme] of [
      ['/docs', 'dark'],
      ['/api/docs', 'light'],
    ] as const) {
      test(`shows ${path} so that everybody can read it, wide and narrow`, async () => {
        const { opened, errors } = await openPage(1280, scheme, path)
        assert.deepEqual(await opened.evaluate(`${AXE}; ${FAULTS}`), [])
        for (const width of [1280, 360]) {
          await opened.setViewportSize({ width, height: 900 })
          if (SCREENSHOTS)
            await opened.screenshot({ path: join(SCREENSHOTS, `${path.slice(1).replace('/', '-')}-${width}.png`) })
          const wide = await opened.evaluate<number>('document.documentElement.scrollWidth')
          assert.ok(wide <= width, `${wide} pixels`)
          const cut = await opened.evaluate<number>(
            "[...document.querySelectorAll('.wide')].filter((one) => one.scrollWidth > one.clientWidth).length",
          )
          assert.equal(cut, 0, `tables that are cut off at ${width} pixels`)
        }
        assert.deepEqual(errors, [])
        await opened.close()
      })
    }
  })
})
