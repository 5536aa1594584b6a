import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { aMember, anOperator, type Browser as Member } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { decide } from '../decide.ts'
import { aBatch } from '../factories.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { callBackTo, type Receiver, startReceiver } from '../receiver.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { submitSome } from '../submit-some.ts'
import { buildConsole } from './build-console.ts'
import { launchBrowser, openConsole } from './open-console.ts'

const executablePath = findProgram(CHROMIUM)

describe('accounts and callbacks in the console', { skip: !executablePath && withoutProgram(CHROMIUM) }, () => {
  const [kind] = DATABASES as [DatabaseKind]
  let server: TestServer
  let receiver: Receiver
  let browser: Browser
  let operator: Member
  let appid: string
  before(async () => {
    buildConsole()
    server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all', OUTBOUND_ALLOW: '127.0.0.0/8' } })
    const ids = await submitSome(server, 3)
    const accounts = await server.api.listAccounts({ query: { q: (ids[0] ?? '').split('-')[0] } })
    appid = accounts.items[0]?.appid ?? ''
    receiver = await startReceiver()
    await callBackTo(server, { appid } as never, receiver)
    for (const id of ids) await decide(server, id, 'approve')
    await receiver.waitFor(3)
    operator = await anOperator(server)
    browser = await launchBrowser()
  })
  after(async () => {
    await browser.close()
    await receiver[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  })

  test('sends one delivery again, and shows each try of it', async () => {
    await using window = await openConsole(browser, server, { member: operator })
    const { page } = window
    await window.goto('/callbacks')
    await page.getByRole('link', { name: 'Category review' }).first().click()
    await page.getByText('HTTP 200').first().waitFor()
    await page.getByRole('button', { name: 'Replay' }).click()
    await page.getByText('It is on its way again').waitFor()
    await receiver.waitFor(4)
    await page.keyboard.press('u')
    await page.getByRole('heading', { name: 'Callbacks' }).waitFor()
    window.assertQuiet()
  })

  test('sends a range again after a preview, and keeps what was typed where it is refused', async () => {
    await using window = await openConsole(browser, server, { member: operator })
    const { page } = window
    const before = receiver.received.length
    await window.goto('/callbacks?state=delivered')
    await page.getByRole('button', { name: 'Replay a range…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('AppID of the account').fill('wx-nonsense')
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByText('An AppID is wx and 16 hexadecimal digits.').waitFor()
    assert.equal(await dialog.getByLabel('AppID of the account').inputValue(), 'wx-nonsense')
    await dialog.getByLabel('AppID of the account').fill(appid)
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByText('3 deliveries to 1 account').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('3 deliveries on the way again').waitFor()
    await receiver.waitFor(before + 3)
    window.assertQuiet()
  })

  test('rotates a secret after asking, and shows the new one once', async () => {
    await using window = await openConsole(browser, server, { member: operator })
    const { page } = window
    await window.goto(`/accounts/${appid}/secret`)
    await page.getByRole('button', { name: 'Rotate the secret…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click()
    const secret = await page.getByRole('dialog').locator('code').innerText()
    assert.ok((await server.connect({ appid, secret })).token)
    await page.keyboard.press('Escape')
    assert.equal(await page.getByText(secret).count(), 1)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText(secret).waitFor({ state: 'detached' })
    window.assertQuiet()
  })

  test('keeps limits that are refused as they were typed, and says at the field why', async () => {
    await using window = await openConsole(browser, server, { member: operator })
    const { page } = window
    await window.goto(`/accounts/${appid}/limits`)
    await page.getByLabel('Allowed addresses').fill('10.0.0.1\nno-address')
    await page.getByLabel('Calls of a path in a day').fill('many')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Give a whole number, 0 or above, or nothing.').first().waitFor()
    await page.getByLabel('Calls of a path in a day').fill('500')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').filter({ hasText: 'no-address' }).waitFor()
    await page.reload()
    assert.equal(await page.getByLabel('Allowed addresses').inputValue(), '10.0.0.1\nno-address')
    await page.getByLabel('Allowed addresses').fill('10.0.0.1')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The limits are saved').waitFor()
    const { limits } = await server.api.getAccount({ params: { appid } })
    assert.deepEqual([limits.ip_allow, limits.daily_limit], [['10.0.0.1'], 500])
  })

  test('exports the queue and a batch for operators, and shows a reviewer neither that nor what changes an account', async () => {
    const { sandbox } = server
    await sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 3 }))
    await using window = await openConsole(browser, server, { member: operator })
    const { page } = window
    const save = async (label: RegExp, format: string) => {
      await page.getByRole('button', { name: label }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: format }).click(),
      ])
      return { name: download.suggestedFilename(), file: await readFile(await download.path()) }
    }
    await window.goto('/queue?state=approved')
    const queue = await save(/^Export$/, 'CSV')
    assert.match(queue.name, /^applications-[\d-]+\.csv$/)
    assert.match(queue.file.toString(), /category_qualification,approved/)
    await window.goto(`/accounts/${sandbox.appid}/batches`)
    const batch = await save(/^Export \d/, 'Excel (XLSX)')
    assert.match(batch.name, /^devices-\d+-\d+\.xlsx$/)
    assert.equal(batch.file.toString('latin1', 0, 2), 'PK')

    const reviewer = await aMember(server, '李雷', ['reviewer'])
    await using other = await openConsole(browser, server, { member: reviewer })
    await other.goto(`/accounts/${sandbox.appid}/batches`)
    await other.page.locator('[role="row"] a').first().waitFor()
    assert.equal(await other.page.getByRole('button', { name: /^Export/ }).count(), 0)
    await other.goto(`/accounts/${sandbox.appid}`)
    await other.page.getByText('Verified', { exact: true }).waitFor()
    assert.equal(await other.page.getByRole('button', { name: /Freeze/ }).count(), 0)
  })
})
