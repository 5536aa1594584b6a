import type { Compilable, Kysely } from 'kysely'
import { FEW_LENGTHS } from './in-few-lengths.ts'
import { prepared } from './prepared.ts'
import type { Schema } from './schema.ts'

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
  const statements = FEW_LENGTHS.map((length) => ({
    length,
    run: prepared((db, params: Record<string, unknown>) => build(db, params as Shared, standIns(length, params))),
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

/**
 * The items, the last one repeated up to the next length: for a statement in which an item may stand twice, so that it
 * runs once rather than in pieces.
 */
export function padded<Item>(items: readonly Item[]): Item[] {
  const length = FEW_LENGTHS.findLast((enough) => enough >= items.length) ?? items.length
  return Array.from({ length: items.length === 0 ? 0 : length }, (_, at) => items[at] ?? (items.at(-1) as Item))
}

const nameOf = (index: number, member: string) => `${index}.${member}`

function standIns<Item extends object>(length: number, params: Record<string, unknown>): Item[] {
  return Array.from(
    { length },
    (_, index) => new Proxy({} as Item, { get: (_, member) => params[nameOf(index, String(member))] }),
  )
}

function toParams(shared: object, items: readonly object[]): Record<string, unknown> {
  const params: Record<string, unknown> = { ...shared }
  for (const [index, item] of items.entries()) {
    for (const [member, value] of Object.entries(item)) params[nameOf(index, member)] = value
  }
  return params
}
