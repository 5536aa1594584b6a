import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tokens } from '@shenpi/sdk'
import { ApiProblem } from '@shenpi/sdk/client'
import { api } from '@shenpi/sdk/contract/api'
import pino from 'pino'
import { findAccountByAppid } from '../../src/accounts/account.store.ts'
import type { DatabaseKind, Place } from '../databases.ts'
import { listen } from '../listener.ts'
import { openShop } from '../open-shop.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { send } from '../wire/exchange.ts'
import { activate, aMember } from '../wire/world.ts'
import { FILES, type FileName } from './files.ts'
import { openPeople, type People } from './people.ts'
import type { Reference } from './reference.ts'
import { ANYONE, Resources } from './resources.ts'

export interface Credentials {
  appid: string
  secret: string
}

/** An account that calls. */
export interface Caller extends Credentials {
  token: string
  /** Its token is good until the next turn. */
  isSettled: boolean
  /** Which of the callers it is. */
  pick: number
}

/** A server, and what its callers know of it. */
export interface World extends AsyncDisposable {
  server: TestServer
  resources: Resources
  people: People
  /** What the server logged as an error. */
  errors: string[]
  caller(pick: number): Caller
  /** The resource of a reference at the moment; undefined without one. */
  find(reference: Reference, caller: Caller): unknown
  keepSecret(appid: string, secret: string): void
  /** Let time pass, and provide valid tokens, new accounts and open applications. */
  turn(round: number): Promise<void>
}

/** Accounts with Shake Nearby open from the start. */
export const SETTLED = 3
/** The newest accounts: nothing is open for them yet, but the shop component for every other one. */
export const NEWCOMERS = 5
const MINUTE_MS = 60_000

export async function openWorld(kind: DatabaseKind): Promise<World> {
  const errors: string[] = []
  const log = pino({ level: 'error' }, { write: (line) => void errors.push(line) })
  const place = kind.name === 'sqlite' ? await placeInMemory() : await kind.place()
  const server = await startTestServer(kind, { place, env: { SANDBOX_APPROVE: 'all', SANDBOX_STAFF: 'demo' }, log })
  const site = await openSite()
  const resources = new Resources()
  const people = await openPeople(server)
  const held = new Map<string, string>()
  const settled: Credentials[] = [server.sandbox]
  const newcomers: Credentials[] = []

  while (settled.length < SETTLED) {
    const { icon, license, picture, mediaId, ...member } = await aMember(server)
    await activate(server, member)
    for (const link of [icon, license, picture, mediaId]) resources.learn(member.appid, '', { url: link })
    settled.push(member)
  }

  resources.learn(ANYONE, '', await server.api.call(api.listReasons, { query: { limit: 200 } }))

  async function renewToken({ appid, secret }: Credentials): Promise<void> {
    // Requests that guess its secret come from the same address.
    const account = await findAccountByAppid(server.services.db, appid)
    if (account) server.services.secretTries.count(account.accountId, '127.0.0.1', true)
    const query = `grant_type=client_credential&appid=${appid}&secret=${encodeURIComponent(secret)}`
    const { json } = await send(server, { method: 'GET', path: tokens.token.path, query })
    if (json.access_token) held.set(appid, json.access_token)
  }

  return {
    server,
    resources,
    people,
    errors,
    caller(pick) {
      const account = settled[pick] ?? newcomers[pick % newcomers.length] ?? (settled[0] as Credentials)
      return { ...account, token: held.get(account.appid) ?? 'none', isSettled: settled.includes(account), pick }
    },
    find({ kind, member, pick, whose }, caller) {
      const whom = whose === 'own' ? caller : (settled[pick % SETTLED] as Credentials)
      if (kind === 'account') return whom[member as keyof Credentials]
      if (kind === 'newcomer') return (newcomers[pick % newcomers.length] ?? whom)[member as keyof Credentials]
      if (kind === 'day') return Math.floor(server.clock.now().getTime() / 1000) - pick * 24 * 60 * 60
      if (kind === 'site') return site.linkOf(pick)
      if (kind === 'callback') return `${site.url}/callback`
      if (kind === 'leaver') return people.leaver(pick)[member as 'name' | 'password']
      if (kind === 'passkey') return people.passkey(caller.pick)
      if (kind === 'second_factor') return people.secondFactor(pick)[member as 'challenge' | 'totp' | 'recovery_code']
      const entry = resources.find(whom.appid, kind, pick) ?? resources.find(ANYONE, kind, pick)
      if (kind === 'new_totp' && member === 'code') return people.codeOf(String(entry?.challenge))
      return entry ? entry[member] : unknownResource(kind, member, pick)
    },
    keepSecret(appid, secret) {
      const account = newcomers.find((newcomer) => newcomer.appid === appid)
      if (account) account.secret = secret
    },
    async turn(round) {
      // Tickets and tokens end, days pass whose shakes can be asked for, reviews become due.
      server.clock.advance(round % 8 === 7 ? 20 * 60 * MINUTE_MS : 7 * MINUTE_MS)
      const newcomer = await server.api.call(api.createAccount, { body: { name: `Newcomer ${round}` } })
      if (round % 2 === 1) await openShop(server, await server.connect(newcomer))
      newcomers.unshift(newcomer)
      newcomers.splice(NEWCOMERS)
      for (const { appid } of newcomers) {
        await server.api.call(api.setLimits, { params: { appid }, body: { ip_allow: [] } })
        const body = { frozen: false, secret_frozen: false, verified: true }
        await server.api.call(api.setAccountState, { params: { appid }, body })
      }
      await Promise.all([...settled, ...newcomers].map(renewToken))
      await people.turn()
      const { version } = await server.api.call(api.getPolicy, {})
      resources.put(ANYONE, 'policy', { version }, 'policy')
      const open = await server.api.call(api.listApplications, { query: { state: 'under_review', limit: 200 } })
      resources.learn(ANYONE, '', open.items)
      // Generated decisions approve too few stores for those that are changed.
      const store = open.items.find(({ kind, stage }) => kind === 'store' && stage === 'open')
      if (store) await approve(server, store)
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
    },
  }
}

/** What the policy or the kind refuses stays open. */
async function approve({ api: client }: TestServer, { id, version }: { id: string; version: number }): Promise<void> {
  const body = { move: 'approve', override: true } as const
  await client.call(api.decideApplication, { params: { id }, version, body }).catch((error: unknown) => {
    if (!(error instanceof ApiProblem)) throw error
  })
}

/** A folder in memory where the machine has one: the fuzz does not measure the disk. */
async function placeInMemory(): Promise<Place> {
  const dataDir = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'shenpi-fuzz-'))
  const remove = () => rm(dataDir, { recursive: true, force: true })
  return { dataDir, databaseUrl: undefined, [Symbol.asyncDispose]: remove }
}

const NO_CREDENTIAL = {
  ...{ id: 'AA', rawId: 'AA', type: 'public-key', clientExtensionResults: {} },
  response: { clientDataJSON: 'AA', attestationObject: 'AA', authenticatorData: 'AA', signature: 'AA' },
}

/** A well-formed placeholder for a resource that does not exist yet, so that the request stays valid. */
function unknownResource(kind: Reference['kind'], member: string, pick: number): unknown {
  if (kind.startsWith('cursor')) return undefined
  if (kind === 'rid') return '00000000-00000000-00000000'
  if (kind === 'photo' || kind === 'picture') return `http://127.0.0.1:1/p/${pick}`
  if (member === 'uuid') return 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'
  if (kind === 'invitation' && member === 'token') return 'A'.repeat(43)
  if (kind === 'reason' && member === 'kind') return 'device_batch'
  if (kind === 'bulk') return '00000000-0000-4000-8000-000000000000'
  if (kind === 'application_picture' && member === 'field') return 'license'
  if (member === 'credential') return NO_CREDENTIAL
  if (member === 'challenge') return 'none'
  return /_id$|_no$|^level|major|minor|version|position/.test(member) && member !== 'audit_id'
    ? pick + 1
    : `1-${pick + 1}`
}

const LINKED: readonly FileName[] = ['jpeg', 'png', 'jpeg', 'svg', 'html', 'cut', 'webp', 'nothing']

/** A merchant's server, which receives callbacks and has pictures and other files. */
async function openSite() {
  const answer = ({ method, url = '/' }: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(url, 'http://site')
    const file = FILES[pathname.slice(1) as FileName]
    if (pathname === '/callback') response.end(method === 'GET' ? searchParams.get('echostr') : 'success')
    else if (file) response.end(file)
    else response.writeHead(pathname === '/broken' ? 500 : 404).end()
  }
  const listener = await listen((request, response) => {
    request.resume()
    answer(request, response)
  })
  const url = `http://127.0.0.1:${listener.port}`
  const paths = [...LINKED, 'broken', 'missing']
  return { ...listener, url, linkOf: (pick: number) => `${url}/${paths[pick % paths.length]}` }
}
