import { Readable } from 'node:stream'
import { api, EXPORT_ROWS_MAX } from '@shenpi/sdk/contract/api'
import type { ExportFormat } from '@shenpi/sdk/contract/states'
import type { FastifyReply } from 'fastify'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { type Actor, actorKey, actorName } from '../../actors/actor.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import { applicationRows } from '../../exports/application-rows.ts'
import type { Rows } from '../../exports/cell.ts'
import { toCsv } from '../../exports/csv.ts'
import { deviceRows } from '../../exports/device-rows.ts'
import { limitRows } from '../../exports/limit-rows.ts'
import { toXlsx } from '../../exports/xlsx.ts'
import { changeInstallation } from '../../journal/change-installation.ts'
import type { Services } from '../../services.ts'
import { toChinaTime } from '../../time/china-time.ts'
import { keyOf, stateOf } from './applications.routes.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { ExportPlaces } from './export-places.ts'
import { inTurns } from './in-turns.ts'

/** Files that a server writes at once, and of them for one person or key. */
const PLACES = { max: 20, ofOneMax: 4 }

const FORMATS: Readonly<Record<ExportFormat, { mediaType: string; write: (rows: Rows) => AsyncIterable<unknown> }>> = {
  csv: { mediaType: 'text/csv; charset=utf-8', write: toCsv },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: toXlsx },
}

type ExportAction = 'device.export' | 'application.export'

interface StreamOptions {
  actor: Actor
  format: ExportFormat
  name: string
  reply: FastifyReply
}

export function exportsRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, clock, review, accountNames } = services
  const places = new ExportPlaces(PLACES)

  /** Nothing of the file is there before it is read. @param name of ours: no text of a merchant stands in it */
  function stream(rows: Rows, { actor, format, name, reply }: StreamOptions) {
    const { mediaType, write } = FORMATS[format]
    const text = inTurns(write(limitRows(rows, EXPORT_ROWS_MAX)))
    const file = places.take(actor, Readable.from(text, { objectMode: false }), reply)
    reply
      .header('content-type', mediaType)
      .header('content-disposition', `attachment; filename="${name}.${format}"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
    return file
  }

  /** Who takes the data of merchants away is told in the trail, before the first row leaves. */
  async function* toldFirst(rows: Rows, entry: { actor: Actor; action: ExportAction; detail: object }) {
    await changeInstallation(db, async ({ append }) => {
      append({ ...entry, at: clock.installation(), actor: actorName(entry.actor) })
    })
    yield* rows
  }

  serve(api.exportDevices, async ({ actor, params, query: { format, after = 0 }, reply }) => {
    const key = keyOf(params.id)
    const name = `devices-${toApplicationId(key)}`
    const rows = await deviceRows(services, key, after)
    const entry = { actor, action: 'device.export', detail: { application: params.id, format } } as const
    return stream(toldFirst(rows, entry), { actor, format, name, reply })
  })

  serve(api.exportApplications, async ({ actor, query: { format, ...filters }, reply }) => {
    const { appid, kind, ...query } = filters
    const accountId = appid ? (await getAccountByAppid(db, appid)).accountId : undefined
    const asker = { actorKey: actorKey(actor), now: clock.installation(), machineNow: clock.machine() }
    const filter = { accountId, kind, ...query, state: stateOf(query) }
    const name = `applications-${toChinaTime(clock.installation()).slice(0, 10)}`
    const rows = applicationRows({ review, accountNames }, filter, asker)
    const entry = { actor, action: 'application.export', detail: { ...filters, format } } as const
    return stream(toldFirst(rows, entry), { actor, format, name, reply })
  })
}
