import { api } from '@shenpi/sdk/contract/api'
import { findAccount, getAccountByAppid } from '../../accounts/account.store.ts'
import { findAnyRequest } from '../../requests/find-request.ts'
import { listRecords } from '../../requests/request-record.store.ts'
import type { Services } from '../../services.ts'
import { parseKeyCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toRequestInFull, toRequestRow } from './requests.presenter.ts'

const LIMIT = 50

export function requestsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, requests, sandbox } = services

  serve(api.listRequests, async ({ query: { appid, only, limit = LIMIT, cursor } }) => {
    if (appid === undefined) {
      const unclaimed = sandbox?.unclaimed.list() ?? []
      return { items: unclaimed.slice(0, limit).map((record) => toRequestRow(record, null)), next_cursor: null }
    }
    const { accountId } = await getAccountByAppid(db, appid)
    await requests.flushAccount(accountId)
    const after = cursor === undefined ? undefined : parseRequestCursor(cursor)
    const records = await listRecords(db, { accountId, isRefused: only === 'refused', after, limit })
    const last = records.at(limit - 1)
    return {
      items: records.map((record) => toRequestRow(record, appid)),
      next_cursor: last ? toCursor([last.at.getTime(), ...last.rid.split('-')]) : null,
    }
  })

  serve(api.getRequest, async ({ params: { rid } }) => {
    const unclaimed = sandbox?.unclaimed.find(rid)
    if (unclaimed) return toRequestInFull(unclaimed, null)
    const record = await findAnyRequest(services, rid)
    return toRequestInFull(record, (await findAccount(db, record.accountId))?.appid ?? null)
  })
}

/** @throws Problem `request.malformed` */
function parseRequestCursor(cursor: string): { at: number; rid: string } {
  const [at, ...rid] = parseKeyCursor(cursor, ['number', 'string', 'string', 'string'])
  return { at: Number(at), rid: rid.join('-') }
}
