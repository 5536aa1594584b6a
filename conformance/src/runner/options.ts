import { parseArgs } from 'node:util'
import { SUBJECT_NAMES } from '../case.ts'
import { MEMBERS, type Member } from '../world/world.ts'

export interface Credentials {
  appid: string
  secret: string
}

/** What the command line asks for. */
export interface Options {
  baseUrl: string
  members: ReadonlyMap<Member, Credentials>
  apiKey: string | undefined
  /** Subjects that are reported; all when empty. */
  only: readonly string[]
  write: boolean
  hostile: boolean
  known: string | undefined
  json: string | undefined
}

/** The command is used in a wrong way. */
export class UsageError extends Error {}

const OTHER_MEMBERS = Object.keys(MEMBERS).filter((name) => name !== 'merchant')

export const USAGE = `shenpi-conformance --base-url URL --appid APPID --secret SECRET [options]

Sends requests to a server and reports each answer that differs from what the wire states. Without --write it sends only
requests that change nothing. It gets its own access tokens from /cgi-bin/stable_token, which end no other token.

  --member NAME=APPID:SECRET  another account; NAME is ${OTHER_MEMBERS.slice(0, 4).join(', ')},
                              ${OTHER_MEMBERS.slice(4).join(', ')}
  --api-key KEY               the key of a Shenpi server's native API; the run decides applications and shakes with it
  --only SUBJECT              judge the cases of one subject (pages, device-batches, any-call, …); may be repeated
  --write                     also send what changes something; use a new account that only tests use
  --hostile                   also send bodies and pictures of hostile sizes
  --known FILE                the server's known differences: {"title of a case": "what differs and why"}
  --json FILE                 write the results as JSON; - is stdout
Exit code: 0 nothing differs except what is known, 1 something differs, 2 wrong usage or no answer from the server.`

/** @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const
  const texts = { type: 'string', multiple: true, default: [] as string[] } as const
  const flag = { type: 'boolean', default: false } as const
  const spec = {
    'base-url': text,
    appid: text,
    secret: text,
    member: texts,
    'api-key': text,
    only: texts,
    write: flag,
    hostile: flag,
    known: text,
    json: text,
  }
  const values = parse(() => parseArgs({ args: [...args], options: spec }).values)
  const { 'base-url': baseUrl, appid, secret, member, 'api-key': apiKey, ...rest } = values
  if (!baseUrl || !appid || !secret) throw new UsageError('--base-url, --appid and --secret are required')
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl))
    throw new UsageError(`--base-url ${baseUrl} is no web address`)
  const unknown = rest.only.find((subject) => !SUBJECT_NAMES.includes(subject))
  if (unknown !== undefined) throw new UsageError(`--only ${unknown} is none of ${SUBJECT_NAMES.join(', ')}`)
  return {
    ...rest,
    baseUrl,
    apiKey,
    members: new Map([['merchant', { appid, secret }], ...member.map(readMember)]),
    known: rest.known,
    json: rest.json,
  }
}

function parse<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const isMember = (name: string): name is Member => Object.hasOwn(MEMBERS, name)

function readMember(given: string): [Member, Credentials] {
  const [, name = '', appid = '', secret = ''] = /^(\w+)=([^:]+):(.+)$/.exec(given) ?? []
  if (!isMember(name)) throw new UsageError(`--member ${given} is not NAME=APPID:SECRET, or there is no such member`)
  return [name, { appid, secret }]
}
