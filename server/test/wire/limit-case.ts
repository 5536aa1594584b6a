import assert from 'node:assert/strict'
import type { Call } from '@shenpi/sdk/contract/call'
import type { WireClient } from '../start-server.ts'

/** One request of an account, and what the wire says to it. */
export interface WireCase {
  /** What is asked, for people. */
  name: string
  call: Call
  /** The body; a text goes out as it stands. */
  request: unknown
  /** The refusal; absent: it is answered. */
  errcode?: number
  /** What the answer holds beside `errcode` and `errmsg`. */
  answer?: object
}

export const titleOf = ({ call, name, errcode = 0 }: WireCase): string => `${call.path}, ${name}: ${errcode}`

/** Make a case's request and compare. */
export async function assertCase(client: WireClient, { call, request, errcode = 0, answer }: WireCase): Promise<void> {
  const { json, text } = await client.post(call.path, request)
  assert.equal(json.errcode, errcode, text)
  const { errcode: _, errmsg, ...rest } = json
  if (errcode === 0) assert.deepEqual(rest, answer ?? {})
  else assert.match(errmsg, / rid: [\da-f]{8}-[\da-f]{8}-[\da-f]{8}$/)
}
