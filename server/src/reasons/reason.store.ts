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
    .select(['reason.reason_no', 'kind', 'move', 'version', 'title_zh', 'title_en', 'text_zh', 'text_en', 'fields'])
    .select(['retired', 'actor', 'at'])

const currentOnes = (db: Kysely<Schema>) =>
  versions(db).where(
    sql<boolean>`version = (
      select max(last.version) from review_reason_version last where last.reason_no = reason.reason_no)`,
  )

/** Each in its current version, by number. @param limit how many at the most */
export async function listReasons(
  db: Kysely<Schema>,
  { kind, withRetired }: { kind?: KindName | undefined; withRetired: boolean },
  limit: number,
  afterNo: number,
): Promise<Reason[]> {
  let query = currentOnes(db).where('reason.reason_no', '>', afterNo).orderBy('reason.reason_no').limit(limit)
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

/** @returns the number of the new reason */
export async function insertReason(
  trx: Transaction<Schema>,
  { kind, move }: Pick<Reason, 'kind' | 'move'>,
): Promise<number> {
  const { reason_no } = await trx
    .insertInto('review_reason')
    .values({ kind, move })
    .returning('reason_no')
    .executeTakeFirstOrThrow()
  return reason_no
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
