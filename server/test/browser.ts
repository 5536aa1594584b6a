import assert from 'node:assert/strict'
import type { ApiOneTimeLink, ApiOwnAccount } from '@shenpi/sdk/contract/api'
import { PROBLEMS, type ProblemCode } from '@shenpi/sdk/contract/problems'
import type { Role } from '@shenpi/sdk/contract/states'
import { inviteFirstOperator } from '../src/staff/one-time-link.store.ts'
import type { TestServer } from './start-server.ts'

export const A_PASSWORD = 'correct horse 电池'

interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test reads answers of any shape
  json: any
}

/** A browser at the console: it keeps cookies, and says that its page is of the same site. */
export class Browser {
  readonly #url: string
  readonly cookies = new Map<string, string>()
  /** What it sends besides. */
  readonly headers: Record<string, string> = { 'sec-fetch-site': 'same-origin', 'user-agent': 'Test Browser 1.0' }

  /** By the machine's name, as a person opens the console there. */
  constructor({ url }: Pick<TestServer, 'url'>) {
    this.#url = url.replace('//127.0.0.1:', '//localhost:')
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...this.headers,
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const text = await response.text()
    return { status: response.status, headers: response.headers, json: text.startsWith('{') ? JSON.parse(text) : text }
  }

  /** A call that is meant to succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  async ok(method: string, path: string, body?: unknown): Promise<any> {
    const { status, json } = await this.send(method, path, body)
    assert.ok(status < 300, `${method} ${path}: ${status} ${JSON.stringify(json)}`)
    return json
  }

  /** A call that is meant to be refused. */
  async refused(code: ProblemCode, method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.send(method, path, body)
    assert.deepEqual([answer.json.code, answer.status], [code, PROBLEMS[code].status])
    return answer
  }

  /** The name of the session's cookie in plain HTTP. */
  get token(): string | undefined {
    return this.cookies.get('shenpi')
  }

  async signIn(name: string, password = A_PASSWORD): Promise<ApiOwnAccount> {
    const step = await this.ok('POST', '/sign-in/password', { name, password })
    assert.equal(step.step, 'signed_in')
    return step.account
  }

  async accept(link: string, choice: { name?: string; password?: string } = {}): Promise<ApiOwnAccount> {
    const token = link.slice(link.indexOf('#') + 1)
    const body = { token, password: A_PASSWORD, ...choice }
    return (await this.ok('POST', '/sign-in/invitation/accept', body)).account
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const at = pair.indexOf('=')
    if (attributes.includes('Max-Age=0')) this.cookies.delete(pair.slice(0, at))
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}

/** The first operator, signed in. */
export async function anOperator(server: TestServer, name = '韩梅梅'): Promise<Browser> {
  const browser = new Browser(server)
  const token = await inviteFirstOperator(server.services.db, server.clock)
  await browser.accept(`#${token}`, { name })
  return browser
}

/** A further member of the staff, signed in. */
export async function aMember(server: TestServer, name: string, roles: readonly Role[]): Promise<Browser> {
  const link: ApiOneTimeLink = await server.api.inviteStaff({ body: { name, roles: [...roles] } })
  const browser = new Browser(server)
  await browser.accept(link.link)
  return browser
}
