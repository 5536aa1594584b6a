import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { SANDBOX_ACCOUNT } from '../../src/sandbox/account.ts'
import { aMember, anOperator } from '../browser.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { CHROMIUM, findProgram, withoutProgram } from '../programs.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { buildConsole } from './build-console.ts'
import { launchBrowser, type OpenConsole, openConsole } from './open-console.ts'

interface Refusal {
  name: string
  path: string
  /** The button that opens the form; none: it stands on the page. */
  opens?: string | RegExp
  /** What is typed, by the label of the field. */
  types: Readonly<Record<string, string>>
  checks?: readonly string[]
  sends: string
  /** The label of the field that the refusal is about, and what it says. */
  at: string
  says: string
}

const ACCOUNT = `/accounts/${SANDBOX_ACCOUNT.appid}`

const REFUSALS: readonly Refusal[] = [
  {
    name: 'a current password that is wrong',
    path: '/settings',
    opens: 'Change',
    types: { 'Current password': 'something else', 'New password': 'a long enough 新密码' },
    sends: 'Save',
    at: 'Current password',
    says: 'The password is wrong.',
  },
  {
    name: 'a new password that is easy to guess',
    path: '/settings',
    opens: 'Change',
    types: { 'Current password': 'correct horse 电池', 'New password': 'aaaaaaaaaaaa' },
    sends: 'Save',
    at: 'New password',
    says: 'too easy to guess',
  },
  {
    name: 'a code of an app that is wrong',
    path: '/settings',
    opens: 'Set up',
    types: { Code: '000000' },
    sends: 'Turn on',
    at: 'Code',
    says: 'The code is wrong',
  },
  {
    name: 'the name of an invitation that somebody has',
    path: '/staff',
    opens: 'Invite',
    types: { Name: '李雷' },
    sends: 'Make the link',
    at: 'Name',
    says: 'Somebody has or had this name.',
  },
  {
    name: 'the name of a key that there is',
    path: '/staff',
    opens: 'New key',
    types: { Name: 'first' },
    checks: ['Auditor'],
    sends: 'New key',
    at: 'Name',
    says: 'A key has this name already',
  },
  {
    name: 'the end of a key that is past',
    path: '/staff',
    opens: 'New key',
    types: { Name: 'till', 'Last day': '2020-01-01' },
    checks: ['Auditor'],
    sends: 'New key',
    at: 'Last day',
    says: 'The key would end in the past.',
  },
  {
    name: 'a ceiling that is too high',
    path: `${ACCOUNT}/quota`,
    opens: 'Apply for a higher ceiling…',
    types: { 'How many more device IDs': '999999999', Purpose: 'a new shop' },
    sends: 'Submit',
    at: 'How many more device IDs',
    says: 'cannot be raised that far',
  },
  {
    name: 'a callback URL that answers nothing',
    path: `${ACCOUNT}/callbacks`,
    opens: /^Set the callback URL|^Change/,
    types: { URL: 'http://127.0.0.1:9/nobody', Token: 'token1' },
    sends: 'Save',
    at: 'URL',
    says: 'callback URL',
  },
  {
    name: 'an address that is none',
    path: `${ACCOUNT}/limits`,
    types: { 'Allowed addresses': 'the office' },
    sends: 'Save',
    at: 'Allowed addresses',
    says: 'The request is not valid.',
  },
  {
    name: 'an account that there is not',
    path: '/callbacks',
    opens: 'Replay a range…',
    types: { 'AppID of the account': 'wx0123456789abcdef' },
    sends: 'Preview',
    at: 'AppID of the account',
    says: 'There is no such account.',
  },
  {
    name: 'the name of a view that there is',
    path: '/queue?due=today',
    opens: 'Save view',
    types: { Name: 'Later' },
    sends: 'Save',
    at: 'Name',
    says: 'Another view has this name.',
  },
]

describe('a form of the console', { skip: !findProgram(CHROMIUM) && withoutProgram(CHROMIUM) }, () => {
  let server: TestServer
  let browser: Browser
  let window: OpenConsole
  before(async () => {
    buildConsole()
    server = await startTestServer(DATABASES[0] as DatabaseKind)
    const member = await anOperator(server)
    await aMember(server, '李雷', ['reviewer'])
    await member.ok('POST', '/saved-views', { name: 'Later', filters: { due: 'later' } })
    browser = await launchBrowser()
    window = await openConsole(browser, server, { member })
  })
  after(async () => {
    await browser?.close()
    await server[Symbol.asyncDispose]()
  })

  /** What the focus is on, what stands in it and what describes it. */
  const focused = (page: Page) =>
    page.evaluate<{ label: string; value: string; isInvalid: string; said: string }>(`(() => {
      const field = document.activeElement
      const said = (field.getAttribute('aria-describedby') ?? '').split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
      return { label: field.labels?.[0]?.textContent ?? '', value: field.value, isInvalid: field.ariaInvalid, said }
    })()`)

  for (const { name, path, opens, types, checks = [], sends, at, says } of REFUSALS) {
    test(`says at the field, and goes there, that the server refuses ${name}`, async () => {
      const { page } = window
      await window.goto(path)
      if (opens) await page.getByRole('button', { name: opens }).first().click()
      const part = opens ? page.getByRole('dialog') : page.getByRole('main')
      for (const [label, typed] of Object.entries(types)) await part.getByLabel(label, { exact: true }).fill(typed)
      for (const label of checks) await part.getByLabel(label).check()
      await part.getByRole('button', { name: sends }).last().click()
      await part.getByRole('alert').filter({ hasText: says }).waitFor()
      const field = await focused(page)
      assert.deepEqual([field.label, field.isInvalid], [at, 'true'])
      assert.ok(field.said.includes(says), field.said)
      for (const [label, typed] of Object.entries(types)) {
        assert.equal(await part.getByLabel(label, { exact: true }).inputValue(), typed)
      }
    })
  }
})
