import assert from 'node:assert/strict'
import { api } from '@shenpi/sdk/contract/api'
import type { Call } from '@shenpi/sdk/contract/call'
import { toApplicationId } from '../../src/applications/application-id.ts'
import type { TestServer, WireClient } from '../start-server.ts'
import { exchange, type WireReply, type WireRequest } from './exchange.ts'

/** Make a call as an account. */
export const ask = (
  { server }: { server: TestServer },
  call: Call,
  by: Pick<WireClient, 'token'>,
  request: WireRequest,
) => exchange(server, call, by.token, request)

/** The answer of a call that must not be refused. */
export function accepted(reply: WireReply) {
  assert.ok(!reply.json.errcode, reply.text)
  return reply.json
}

/** An application as reviewers see it. */
export const shown = (
  { server }: { server: TestServer },
  { accountId }: Pick<WireClient, 'accountId'>,
  applicationNo: number,
) => server.api.call(api.getApplication, { params: { id: toApplicationId({ accountId, applicationNo }) } })
