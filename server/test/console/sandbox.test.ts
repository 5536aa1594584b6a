import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { categories, lotteries, relations } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import type { Browser } from 'playwright-core'
import { anOperator, type Browser as Member } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startReceiver } from '../receiver.ts'
import { bindPages, giveDevices, openShakeNearby } from '../shake-fixtures.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { buildConsole } from './build-console.ts'
import { launchBrowser, type OpenConsole, openConsole } from './open-console.ts'

const executablePath = findProgram(CHROMIUM)

describe('the pages of the sandbox', { skip: !executablePath && withoutProgram(CHROMIUM) }, () => {
  const [kind] = DATABASES as [DatabaseKind]
  let server: TestServer
  let browser: Browser
  let member: Member
  let window: OpenConsole
  before(async () => {
    buildConsole()
    server = await startTestServer(kind)
    member = await anOperator(server)
    browser = await launchBrowser()
    window = await openConsole(browser, server, { member })
  })
  after(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
  })

  test('explain a refused request in both languages, and what would have been refused after it', async () => {
    const sent = { audit_req: { license: [7], category_info: {} } }
    await server.sandbox.post(categories.auditCategory.path, sent)
    await window.goto(`/sandbox?appid=${server.sandbox.appid}`)
    await window.page.getByRole('link', { name: categories.auditCategory.path }).first().click()
    await window.page.getByRole('heading', { name: 'Refused by the check “fields”' }).waitFor()
    const rows = await window.page.getByRole('row').allInnerTexts()
    assert.match(rows[0] ?? '', /audit_req\.license\[0\][\s\S]*Why it was refused[\s\S]*picture\.link_invalid/)
    assert.match(rows[1] ?? '', /audit_req\.category_info\.level1[\s\S]*Would be refused next[\s\S]*required/)
    await window.page.getByText(/docs\/protocol\/shops\.md:\d+/).waitFor()
    await window.page.getByText('A picture is neither an http or https link nor a media_id.').waitFor()
    await using chinese = await openConsole(browser, server, { member, language: 'zh' })
    await chinese.goto(new URL(window.page.url()).pathname.replace('/console', ''))
    await chinese.page.getByText('图片既不是 http 或 https 链接，也不是 media_id。').waitFor()
    window.assertQuiet()
    chinese.assertQuiet()
  })

  test('lead from a request back to the list that it was opened from', async () => {
    await fetch(`${server.url}/shop/nowhere`, { method: 'POST' })
    await window.goto(`/sandbox?appid=${server.sandbox.appid}`)
    await window.page.getByRole('radio', { name: 'Unknown callers' }).click()
    await window.page.getByRole('link', { name: '/shop/nowhere' }).click()
    await window.page.getByRole('heading', { name: 'Refused by the check “path”' }).waitFor()
    await window.page.keyboard.press('Escape')
    await window.page.getByRole('link', { name: '/shop/nowhere' }).waitFor()
    assert.match(window.page.url(), new RegExp(`/sandbox\\?appid=${server.sandbox.appid}&shown=unclaimed$`))
    window.assertQuiet()
  })

  test('say in Chinese what a scenario of faults does, and a good client then', async () => {
    await using chinese = await openConsole(browser, server, { member, language: 'zh' })
    await chinese.goto(`/sandbox/rules?appid=${server.sandbox.appid}`)
    await chinese.page.getByRole('combobox', { name: '场景' }).selectOption('busy-undone')
    await chinese.page.getByText('调用经过检查并执行，随后全部撤销，返回 -1。').waitFor()
    await chinese.page.getByText('正确的做法：重发即可，不会重复生效。').waitFor()
    await chinese.page.getByRole('button', { name: '让它发生' }).click()
    await chinese.page.getByText('返回 -1 · 生效之前').waitFor()
    await chinese.page.getByRole('combobox', { name: '场景' }).selectOption('flaky')
    await chinese.page.getByRole('button', { name: '让它发生' }).click()
    await chinese.page.getByText('返回 -1 · 检查之前 · 其中 10%').waitFor()
    await chinese.page.getByText('返回 -1 · 生效之前 · 最多 1 次').waitFor()
    await server.api.call(api.deleteFault, { params: { name: 'flaky' }, query: { appid: server.sandbox.appid } })
    await server.api.call(api.deleteFault, { params: { name: 'busy-undone' }, query: { appid: server.sandbox.appid } })
    chinese.assertQuiet()
  })

  test('let an account’s time pass to what is due next, and tell what happened', async () => {
    const { appid } = server.sandbox
    const body = { outcome: { move: 'approve' as const }, when: { working_days: 3 } }
    await server.api.call(api.putOutcomeRule, { params: { appid, name: 'in-three-days' }, body })
    await server.api.call(api.applyForDeviceQuota, { params: { appid }, body: { quantity: 10, purpose: '展会' } })
    await window.goto(`/sandbox/rules?appid=${appid}`)
    await window.page.getByText('1 hit', { exact: true }).waitFor()
    await window.page.getByText('Next: an outcome of a rule').waitFor()
    await window.page.getByRole('button', { name: 'To the next thing' }).click()
    await window.page.locator('li').filter({ hasText: 'application.approve' }).first().waitFor()
    await window.page.getByText('ahead of the machine').waitFor()
    const days = await window.page.locator('li').filter({ hasText: 'A new day' }).allInnerTexts()
    assert.match(days.join(), /\d days, to /, 'days without anything are one line')
    await (await server.connect(server.sandbox)).post(categories.catGet.path, {})
    await window.goto(`/sandbox?appid=${appid}`)
    const row = window.page.getByRole('row').filter({ hasText: categories.catGet.path })
    await row.getByText('Today').waitFor()
    window.assertQuiet()
  })

  test('shake a phone by the space bar, open its card, and see ticket, event and counts', async () => {
    const { services, sandbox } = server
    await openShakeNearby(services.db, sandbox.accountId)
    const devices = await giveDevices(services.db, sandbox.accountId, { count: 4 })
    await bindPages(services, { accountId: sandbox.accountId, deviceId: devices.firstDeviceId }, [1])
    await using receiver = await startReceiver()
    const { url, token, encodingAesKey: encoding_aes_key } = receiver
    const body = { url, token, encoding_aes_key, mode: 'plain', format: 'xml' } as const
    await server.api.call(api.setCallback, { params: { appid: sandbox.appid }, body })
    await window.goto(`/sandbox/phone?appid=${sandbox.appid}`)
    await window.page.getByText('Shake the phone to see what is near').waitFor()
    await window.page.keyboard.press('Space')
    await window.page.getByRole('button', { name: 'Open “Page 1”' }).click()
    await window.page.getByText('Opened', { exact: true }).first().waitFor()
    await window.page.getByRole('link', { name: 'ShakearoundUserShake' }).waitFor()
    const counts = await window.page.locator('main dl').innerText()
    assert.match(counts.replace(/\s+/g, ' '), /Shakes 1 Cards 1 Opened 1/)
    assert.ok(await window.page.getByText('https://example.com/p?ticket=').isVisible())
    window.assertQuiet()
  })

  test('draw a red packet on the page of a lottery, in both languages', async () => {
    const merchant = await server.newAccount()
    const { appid } = merchant
    await openShakeNearby(server.services.db, merchant.accountId)
    const { firstDeviceId } = await giveDevices(server.services.db, merchant.accountId, { count: 1 })
    const begin_time = Math.floor(server.clock.now().getTime() / 1000)
    const times = { begin_time, expire_time: begin_time + 3600 }
    const shown = { use_template: 1, logo_url: 'https://example.com/logo', title: '红包', desc: '摇一摇' }
    const key = '0123456789abcdef0123456789abcdef'
    const lottery = { ...shown, ...times, sponsor_appid: appid, total: 1, key }
    const { json } = await merchant.post(lotteries.addLotteryInfo.path, lottery)
    const device_identifier = { device_id: firstDeviceId }
    await merchant.post(relations.deviceBindPage.path, { device_identifier, page_ids: [json.page_id] })
    const packets = [{ ticket: 'packet-1', amount: 150 }]
    const expires_at = new Date((begin_time + 3600) * 1000).toISOString()
    await server.api.call(api.preorderRedPackets, {
      params: { appid },
      body: { mchid: '10000098', expires_at, packets },
    })
    const prize_info_list = [{ ticket: 'packet-1' }]
    const { lottery_id } = json
    const entered = { lottery_id, mchid: '10000098', sponsor_appid: appid, prize_info_list }
    await merchant.post(lotteries.setPrizeBucket.path, entered)

    await window.goto(`/sandbox/phone?appid=${appid}`)
    await window.page.getByText('Shake the phone to see what is near').waitFor()
    await window.page.keyboard.press('Space')
    await window.page.getByRole('button', { name: 'Open “红包”' }).click()
    await window.page.getByText('1.50 yuan won').waitFor()
    await window.visit(`/sandbox/callbacks?appid=${appid}`)
    await window.page.getByRole('link', { name: 'Red packet drawn' }).waitFor()
    await using chinese = await openConsole(browser, server, { member, language: 'zh' })
    await chinese.goto(`/sandbox/phone?appid=${appid}`)
    await chinese.page.getByRole('textbox', { name: '摇的人' }).fill('o-another')
    await chinese.page.getByRole('button', { name: '摇一摇', exact: true }).click()
    await chinese.page.getByRole('button', { name: '打开「红包」' }).click()
    await chinese.page.getByText('红包已抽完').waitFor()
    window.assertQuiet()
    chinese.assertQuiet()
  })

  test('let nobody see them in production', async () => {
    await using production = await startTestServer(kind, { env: { MODE: 'production' } })
    const operator = await anOperator(production)
    await using shown = await openConsole(browser, production, { member: operator })
    await shown.page.goto(`${production.url.replace('127.0.0.1', 'localhost')}/console/sandbox`)
    await shown.page.getByText('There is no such page.').waitFor()
    assert.equal(await shown.page.getByRole('link', { name: 'Sandbox' }).count(), 0)
  })
})
