import assert from 'node:assert/strict'
import type { Call } from '@shenpi/sdk/contract/call'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { Value } from '@sinclair/typebox/value'
import type { Database } from '../../src/db/open.ts'
import type { Schema } from '../../src/db/schema.ts'
import { aFile, aPicture } from '../factories.ts'
import type { WireAnswer, WireClient } from '../start-server.ts'

/**
 * One call and what it is answered, as plain data. A text of the request that reads `{name}` stands for what a test found
 * out before: a link, an id.
 */
export interface WireCase {
  name: string
  call: Call
  request: unknown
  /** 0 where it is not refused. */
  errcode: number
  /** Members that the answer has, deeply. */
  answer?: object
  /** The file of an upload, and the part that it stands in. */
  file?: { part: string; is: keyof typeof FILES }
}

const noise = (length: number) => Buffer.from(Array.from({ length }, (_, index) => (index * 7919) % 251))

const FILES = {
  jpeg: async () => aFile(await aPicture({ format: 'jpeg' }), 'image/jpeg'),
  png: async () => aFile(await aPicture()),
  empty: async () => aFile(Buffer.alloc(0), 'image/jpeg'),
  text: async () => aFile(Buffer.from('no picture'), 'image/jpeg'),
  broken: async () => aFile(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), noise(200)]), 'image/jpeg'),
  large: async () =>
    aFile(Buffer.concat([await aPicture({ format: 'jpeg' }), Buffer.alloc(1024 * 1024)]), 'image/jpeg'),
  'over 10 MB': async () => aFile(Buffer.alloc(10 * 1024 * 1024 + 1), 'image/jpeg'),
} as const

/** The request with what its placeholders stand for. */
function fill(request: unknown, places: Readonly<Record<string, unknown>>): unknown {
  if (typeof request === 'string') {
    const name = /^\{(\w+)\}$/.exec(request)?.[1]
    return name === undefined ? request : places[name]
  }
  if (Array.isArray(request)) return request.map((item) => fill(item, places))
  if (typeof request !== 'object' || request === null) return request
  return Object.fromEntries(Object.entries(request).map(([name, value]) => [name, fill(value, places)]))
}

async function send(client: WireClient, { call, request, file }: WireCase, places: Record<string, unknown>) {
  if (call.body !== 'upload') {
    return call.methods.includes('POST')
      ? await client.post(call.path, fill(request, places))
      : await client.get(call.path)
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(request as object)) form.set(name, value)
  if (file) form.set(file.part, await FILES[file.is](), 'picture.jpg')
  return await client.form(call.path, form)
}

/** Make the call and hold its answer against the case and, where it is none, against the contract. */
export async function run(
  client: WireClient,
  wireCase: WireCase,
  places: Record<string, unknown> = {},
): Promise<WireAnswer> {
  const answer = await send(client, wireCase, places)
  const { call, errcode, name } = wireCase
  assert.equal(answer.json.errcode, errcode, `${name}: ${answer.text}`)
  assert.equal(answer.status, 200)
  if (errcode === 0) {
    const faults = [...Value.Errors(call.answer, answer.json)].map(({ path, message }) => `${path}: ${message}`)
    assert.deepEqual(faults, [], `${name}: ${answer.text}`)
  }
  assert.partialDeepStrictEqual(answer.json, fill(wireCase.answer ?? {}, places))
  return answer
}

/** The same, and a refusal has changed nothing. */
export async function runUnchanged(
  db: Database,
  client: WireClient,
  wireCase: WireCase,
  places: Record<string, unknown> = {},
): Promise<void> {
  const before = await snapshot(db)
  await run(client, wireCase, places)
  if (wireCase.errcode !== 0) assert.deepEqual(await snapshot(db), before, wireCase.name)
}

const TABLES = [
  'account',
  'account_journal',
  'application',
  'application_picture',
  'audit_entry',
  'brand_grant',
  'callback_delivery',
  'category_grant',
  'device_batch',
  'device_quota',
  'picture_link',
  'shop_access',
  'store',
] as const satisfies (keyof Schema)[]

/** Everything that a call of these families could change. */
export async function snapshot(db: Database): Promise<Record<string, unknown[]>> {
  const rows = TABLES.map(async (table) => {
    const all = await db.selectFrom(table).selectAll().execute()
    return [table, all.map((row) => JSON.stringify(row)).sort()] as const
  })
  return Object.fromEntries(await Promise.all(rows))
}

/** The problems of the calls that no case shows, as `path: code`. */
export function unshown(calls: readonly Call[], cases: readonly WireCase[]): string[] {
  const shown = new Set(cases.map(({ call, errcode }) => `${call.path} ${errcode}`))
  const isShown = (call: Call, code: ProblemCode) => shown.has(`${call.path} ${problemRow(code).errcode}`)
  return calls.flatMap((call) =>
    call.problems.filter((code) => !isShown(call, code)).map((code) => `${call.path}: ${code}`),
  )
}

/** An answer without what differs from one to the next. */
export const withoutRid = ({ text }: WireAnswer): string => text.replace(/ rid: [0-9a-f-]+/, '')
