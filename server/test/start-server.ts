import { readFile } from 'node:fs/promises'
import { type ApiClient, createApiClient } from '@shenpi/sdk/client'
import pino, { type Logger } from 'pino'
import { findAccountByAppid } from '../src/accounts/account.store.ts'
import { createAccount } from '../src/accounts/create-account.ts'
import { readConfig } from '../src/config.ts'
import { apiKeyPath } from '../src/keys/key-file.ts'
import { startServer } from '../src/main.ts'
import { SANDBOX_ACCOUNT } from '../src/sandbox/account.ts'
import type { Services } from '../src/services.ts'
import './cheap-passwords.ts'
import type { DatabaseKind, Place } from './databases.ts'
import { type TestClock, testClock } from './test-clock.ts'

export interface WireAnswer {
  status: number
  contentType: string
  /** The raw body. */
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads answers of any shape
  json: any
}

/** An account that calls the wire. */
export interface WireClient {
  appid: string
  secret: string
  accountId: number
  token: string
  post(path: string, body: unknown, query?: string): Promise<WireAnswer>
  get(path: string, query?: string): Promise<WireAnswer>
  /** Multipart: a file named `media`, and fields. */
  upload(path: string, file: Blob | undefined, fields?: Record<string, string>, query?: string): Promise<WireAnswer>
  /** A multipart form that the test wrote. */
  form(path: string, form: FormData): Promise<WireAnswer>
}

export interface TestServer extends AsyncDisposable {
  url: string
  services: Services
  clock: TestClock
  place: Place
  api: ApiClient
  apiKey: string
  /** The sandbox's own account. */
  sandbox: WireClient
  /** A new account, with random credentials or with those given. */
  newAccount(name?: string, given?: { appid: string; originalId: string; secret: string }): Promise<WireClient>
  /** An existing account, with a new token. */
  connect(credentials: { appid: string; secret: string }): Promise<WireClient>
  /** Stop it and keep its place, for a test that starts another server there. */
  stop(): Promise<void>
}

export interface TestServerOptions {
  /** Environment of the configuration beside DATA_DIR, DATABASE_URL, PORT and LOG_LEVEL. */
  env?: Record<string, string>
  clock?: TestClock
  /** The place of a server that was stopped before. */
  place?: Place
  /** By default nothing is logged. */
  log?: Logger
  /** By default the system's. */
  nameservers?: readonly string[]
}

/** A whole server on a free port in this process, with the test's clock. */
export async function startTestServer(
  kind: Pick<DatabaseKind, 'place'>,
  options: TestServerOptions = {},
): Promise<TestServer> {
  const place = options.place ?? (await kind.place())
  const clock = options.clock ?? testClock()
  const config = readConfig({
    PORT: '0',
    DATA_DIR: place.dataDir,
    DATABASE_URL: place.databaseUrl,
    ...options.env,
  })
  const { log = pino({ level: 'silent' }), nameservers } = options
  const server = await startServer(config, log, { clock, nameservers })
  const { url, services } = server
  const apiKey = (await readFile(apiKeyPath(place.dataDir), 'utf8')).trim()
  const connect = (credentials: { appid: string; secret: string }) => connectWire(server, credentials)
  return {
    url,
    services,
    clock,
    place,
    apiKey,
    api: createApiClient({ url, key: apiKey }),
    sandbox: config.mode === 'sandbox' ? await connect(SANDBOX_ACCOUNT) : (undefined as never),
    async newAccount(name = 'Acme', given) {
      const { deviceCeiling } = services.policy.current
      const created = await createAccount(
        { ...services, deviceCeiling },
        { name, actor: 'test', ...(given && { given }) },
      )
      return await connect({ appid: created.account.appid, secret: created.secret })
    },
    connect,
    stop: () => server.stop(0),
    async [Symbol.asyncDispose]() {
      await server.stop(0)
      await place[Symbol.asyncDispose]()
    },
  }
}

async function connectWire(
  { url, services }: { url: string; services: Services },
  { appid, secret }: { appid: string; secret: string },
): Promise<WireClient> {
  const account = await findAccountByAppid(services.db, appid)
  const answer = await fetch(`${url}/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${secret}`)
  const { access_token: token } = (await answer.json()) as { access_token: string }
  const send = async (path: string, query: string, init: RequestInit): Promise<WireAnswer> => {
    const response = await fetch(`${url}${path}?access_token=${token}${query && `&${query}`}`, init)
    const text = await response.text()
    const contentType = response.headers.get('content-type') ?? ''
    return { status: response.status, contentType, text, json: JSON.parse(text) }
  }
  return {
    appid,
    secret,
    token,
    accountId: account?.accountId ?? 0,
    post: (path, body, query = '') =>
      send(path, query, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
    get: (path, query = '') => send(path, query, { method: 'GET' }),
    upload: (path, file, fields = {}, query = '') => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      if (file) form.set('media', file, 'picture')
      return send(path, query, { method: 'POST', body: form })
    },
    form: (path, form) => send(path, '', { method: 'POST', body: form }),
  }
}
