import { Readable } from 'node:stream'
import { api } from '@shenpi/sdk/contract/api'
import type { ExportFormat } from '@shenpi/sdk/contract/states'
import type { FastifyReply } from 'fastify'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { actorKey } from '../../actors/actor.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import { applicationRows } from '../../exports/application-rows.ts'
import type { Rows } from '../../exports/cell.ts'
import { toCsv } from '../../exports/csv.ts'
import { deviceRows } from '../../exports/device-rows.ts'
import { toXlsx } from '../../exports/xlsx.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { toChinaTime } from '../../time/china-time.ts'
import { keyOf, stateOf } from './applications.routes.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { inTurns } from './in-turns.ts'

/** Files that a server writes at once. */
const EXPORTS_MAX = 20
/** After so long without taking anything a reader has gone. Unit: milliseconds. */
const STALLED_MS = 60_000

const FORMATS: Readonly<Record<ExportFormat, { mediaType: string; write: (rows: Rows) => AsyncIterable<unknown> }>> = {
  csv: { mediaType: 'text/csv; charset=utf-8', write: toCsv },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: toXlsx },
}

export function exportsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, clock, review, accountNames } = services
  let underWay = 0

  /** Nothing of the file is there before it is read. @param name of ours: no text of a merchant stands in it */
  function stream(rows: Rows, { format, name, reply }: { format: ExportFormat; name: string; reply: FastifyReply }) {
    if (underWay >= EXPORTS_MAX) throw new Problem('export.too_many')
    const { mediaType, write } = FORMATS[format]
    const file = Readable.from(inTurns(write(rows)), { objectMode: false })
    underWay += 1
    file.once('close', () => {
      underWay -= 1
    })
    reply.raw.setTimeout(STALLED_MS, () => reply.raw.destroy())
    reply
      .header('content-type', mediaType)
      .header('content-disposition', `attachment; filename="${name}.${format}"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
    return file
  }

  serve(api.exportDevices, async ({ params, query: { format, after = 0 }, reply }) => {
    const key = keyOf(params.id)
    return stream(await deviceRows(services, key, after), { format, name: `devices-${toApplicationId(key)}`, reply })
  })

  serve(api.exportApplications, async ({ actor, query: { format, appid, kind, ...query }, reply }) => {
    const accountId = appid ? (await getAccountByAppid(db, appid)).accountId : undefined
    const asker = { actorKey: actorKey(actor), now: clock.now(), machineNow: clock.machine() }
    const filter = { accountId, kind, ...query, state: stateOf(query) }
    const name = `applications-${toChinaTime(clock.now()).slice(0, 10)}`
    return stream(applicationRows({ review, accountNames }, filter, asker), { format, name, reply })
  })
}
