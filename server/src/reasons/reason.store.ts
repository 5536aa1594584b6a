import type { KindName } from '@shenpi/sdk/contract/states'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { toNames } from '../applications/application.store.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import type { Reason } from './reason.ts'

type Row = Selectable<Schema['review_reason']> & Selectable<Schema['review_reason_version']>

const toReason = (row: Row): Reason => ({
  reasonNo: row.reason_no,
  version: row.version,
  kind: row.kind,
  move: row.move,
  position: row.position,
  title: { zh: row.title_zh, en: row.title_en },
  text: { zh: row.text_zh, en: row.text_en },
  fields: toNames(row.fields),
  retired: row.retired === 1,
  changedBy: row.actor,
  changedAt: new Date(row.at),
})

const versions = (db: Kysely<Schema>) =>
  db
    .selectFrom('review_reason as reason')
    .innerJoin('review_reason_version as told', 'told.reason_no', 'reason.reason_no')
    .select([
      'reason.reason_no',
      'kind',
      'move',
      'position',
      'version',
      'title_zh',
      'title_en',
      'text_zh',
      'text_en',
      'fields',
    ])
    .select(['retired', 'actor', 'at'])

const currentOnes = (db: Kysely<Schema>) =>
  versions(db).where(
    sql<boolean>`version = (
      select max(last.version) from review_reason_version last where last.reason_no = reason.reason_no)`,
  )

/** Each in its current version, in the order of the library. @param limit how many at the most */
export async function listReasons(
  db: Kysely<Schema>,
  { kind, withRetired }: { kind?: KindName | undefined; withRetired: boolean },
  limit: number,
  after?: { kind: string; position: number; reasonNo: number },
): Promise<Reason[]> {
  let query = currentOnes(db).orderBy('kind').orderBy('position').orderBy('reason.reason_no').limit(limit)
  if (after) {
    query = query.where(
      sql<boolean>`(kind, position, reason.reason_no) > (${after.kind}, ${after.position}, ${after.reasonNo})`,
    )
  }
  if (kind) query = query.where('kind', '=', kind)
  if (!withRetired) query = query.where('retired', '=', 0)
  return (await query.execute()).map(toReason)
}

/** Every version of one, the newest first. @param limit how many at the most @param before the last of the page before */
export async function listVersions(
  db: Kysely<Schema>,
  reasonNo: number,
  limit: number,
  before?: number,
): Promise<Reason[]> {
  let query = versions(db).where('reason.reason_no', '=', reasonNo).orderBy('version', 'desc').limit(limit)
  if (before !== undefined) query = query.where('version', '<', before)
  return (await query.execute()).map(toReason)
}

/** @throws Problem `reason.unknown` */
export async function getReason(
  db: Kysely<Schema>,
  { reasonNo, version }: { reasonNo: number; version?: number },
): Promise<Reason> {
  const query = version === undefined ? currentOnes(db) : versions(db).where('version', '=', version)
  const row = await query.where('reason.reason_no', '=', reasonNo).executeTakeFirst()
  if (!row) throw new Problem('reason.unknown')
  return toReason(row)
}

export async function countReasons(db: Kysely<Schema>, kind: KindName): Promise<number> {
  const { count } = await db
    .selectFrom('review_reason')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Behind the others of its kind. @returns its number and position */
export async function insertReason(
  trx: Transaction<Schema>,
  { kind, move }: Pick<Reason, 'kind' | 'move'>,
): Promise<Pick<Reason, 'reasonNo' | 'position'>> {
  const last = await trx
    .selectFrom('review_reason')
    .select(({ fn }) => fn.max('position').as('position'))
    .where('kind', '=', kind)
    .executeTakeFirst()
  const position = (last?.position ?? 0) + 1
  const { reason_no: reasonNo } = await trx
    .insertInto('review_reason')
    .values({ kind, move, position })
    .returning('reason_no')
    .executeTakeFirstOrThrow()
  return { reasonNo, position }
}

/** The numbers of a kind's reasons, retired ones too, in their order. */
export async function listReasonNos(trx: Transaction<Schema>, kind: KindName): Promise<number[]> {
  const of = trx.selectFrom('review_reason').select('reason_no').where('kind', '=', kind)
  const rows = await of.orderBy('position').orderBy('reason_no').execute()
  return rows.map(({ reason_no }) => reason_no)
}

export async function savePosition(trx: Transaction<Schema>, reasonNo: number, position: number): Promise<void> {
  await trx.updateTable('review_reason').set({ position }).where('reason_no', '=', reasonNo).execute()
}

export async function insertVersion(trx: Transaction<Schema>, reason: Reason): Promise<void> {
  await trx
    .insertInto('review_reason_version')
    .values({
      reason_no: reason.reasonNo,
      version: reason.version,
      title_zh: reason.title.zh,
      title_en: reason.title.en,
      text_zh: reason.text.zh,
      text_en: reason.text.en,
      fields: JSON.stringify(reason.fields),
      retired: reason.retired ? 1 : 0,
      actor: reason.changedBy,
      at: reason.changedAt.getTime(),
    })
    .execute()
}
