import { type Kysely, sql } from 'kysely'

/** The shop calls ask from now on for the component to be open: whoever has applied through them goes on with it open. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`insert into shop_access (account_id, connected_at, finished_items, service_info)
    select account_id, min(applied_at), '[]', 'null' from application
    where kind in ('category_qualification', 'brand_qualification') group by account_id
    on conflict (account_id) do update set connected_at = coalesce(shop_access.connected_at, excluded.connected_at)`.execute(
    db,
  )
}
