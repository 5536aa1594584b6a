import type { Compilable, Kysely } from 'kysely'
import { CHUNK_LENGTHS } from './chunk.ts'
import type { Schema } from './schema.ts'
import { standIn } from './stand-in.ts'
import { prepared } from './statements.ts'

/**
 * A statement on a list of any length, built and compiled once for each of few lengths. The builder is handed stand-ins,
 * as in `prepared`; it names the members that it wants.
 *
 * @example
 * const touch = preparedList((db, { accountId }: { accountId: number }, devices: { deviceId: number }[]) =>
 *   db.insertInto('device').values(devices.map(({ deviceId }) => ({ account_id: accountId, device_id: deviceId }))))
 * await touch(trx, { accountId }, [{ deviceId: 1 }, { deviceId: 2 }])
 */
export function preparedList<Shared extends object, Item extends object, Row>(
  build: (db: Kysely<Schema>, shared: Shared, items: Item[]) => Compilable<Row>,
): (db: Kysely<Schema>, shared: Shared, items: readonly Item[]) => Promise<Row[]> {
  const statements = CHUNK_LENGTHS.map((length) => ({
    length,
    run: prepared((db, params: Shared & Record<string, unknown>) => build(db, params, standIns(length, params))),
  }))
  return async (db, shared, items) => {
    const rows: Row[] = []
    let at = 0
    for (const { length, run } of statements) {
      for (; items.length - at >= length; at += length) {
        rows.push(...(await run(db, toParams(shared, items.slice(at, at + length)))))
      }
    }
    return rows
  }
}

const nameOf = (index: number, member: string) => `${index}.${member}`

function standIns<Item extends object>(length: number, params: Record<string, unknown>): Item[] {
  return Array.from({ length }, (_, index) => standIn<Item>((member) => params[nameOf(index, member)]))
}

function toParams<Shared extends object>(shared: Shared, items: readonly object[]): Shared & Record<string, unknown> {
  const params: Record<string, unknown> = {}
  for (const [index, item] of items.entries()) {
    for (const [member, value] of Object.entries(item)) params[nameOf(index, member)] = value
  }
  return Object.assign(params, shared)
}
