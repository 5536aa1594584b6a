import type { Kysely, Selectable, Transaction } from 'kysely'
import { isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { toNameKey } from '../staff/staff.ts'
import { EVERYBODY, type SavedView } from './saved-view.ts'

const toView = (row: Selectable<Schema['saved_view']>): SavedView => ({
  viewNo: row.view_no,
  staffId: row.staff_id,
  name: row.name,
  filters: JSON.parse(row.filters),
})

const toRow = ({ staffId, name, filters }: Omit<SavedView, 'viewNo'>) => ({
  staff_id: staffId,
  name,
  name_key: toNameKey(name),
  filters: JSON.stringify(filters),
})

/** Those of all and those of a member of the staff, each by name. @param staffId undefined: only those of all */
export async function listViews(db: Kysely<Schema>, staffId: number | undefined): Promise<SavedView[]> {
  const rows = await db
    .selectFrom('saved_view')
    .selectAll()
    .where(isIn(db, 'staff_id', staffId === undefined ? [EVERYBODY] : [EVERYBODY, staffId]))
    .orderBy('staff_id')
    .orderBy('name_key')
    .execute()
  return rows.map(toView)
}

/** @throws Problem `view.unknown` */
export async function getView(db: Kysely<Schema>, { staffId, viewNo }: Pick<SavedView, 'staffId' | 'viewNo'>) {
  const row = await db
    .selectFrom('saved_view')
    .selectAll()
    .where('view_no', '=', viewNo)
    .where('staff_id', '=', staffId)
    .executeTakeFirst()
  if (!row) throw new Problem('view.unknown')
  return toView(row)
}

export async function countViews(db: Kysely<Schema>, staffId: number): Promise<number> {
  const { count } = await db
    .selectFrom('saved_view')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('staff_id', '=', staffId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The view of a name, however it is written. */
export async function findViewByName(db: Kysely<Schema>, { staffId, name }: Pick<SavedView, 'staffId' | 'name'>) {
  const row = await db
    .selectFrom('saved_view')
    .selectAll()
    .where('staff_id', '=', staffId)
    .where('name_key', '=', toNameKey(name))
    .executeTakeFirst()
  return row && toView(row)
}

interface Change {
  actor: string
  at: Date
}

/** @returns the number of the new view */
export async function insertView(
  trx: Transaction<Schema>,
  view: Omit<SavedView, 'viewNo'>,
  { actor, at }: Change,
): Promise<number> {
  const { view_no } = await trx
    .insertInto('saved_view')
    .values({ ...toRow(view), actor, changed_at: at.getTime() })
    .returning('view_no')
    .executeTakeFirstOrThrow()
  return view_no
}

export async function updateView(trx: Transaction<Schema>, view: SavedView, { actor, at }: Change): Promise<void> {
  const { staff_id: _, ...changed } = toRow(view)
  await trx
    .updateTable('saved_view')
    .set({ ...changed, actor, changed_at: at.getTime() })
    .where('view_no', '=', view.viewNo)
    .execute()
}

export async function deleteView(trx: Transaction<Schema>, viewNo: number): Promise<void> {
  await trx.deleteFrom('saved_view').where('view_no', '=', viewNo).execute()
}
