import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/**
 * The faults of a sandbox: its rules, those of account 0 being for all accounts; the key of callbacks before the last change;
 * and which rule struck a try to deliver a callback.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  await sql`create table sandbox_fault (
    account_id ${bigint} not null,
    name text not null,
    position ${bigint} not null,
    rule text not null,
    ends_at ${bigint} not null,
    seen ${bigint} not null,
    hits ${bigint} not null,
    primary key (account_id, name)
  ) ${strict}`.execute(db)
  await sql`create table sandbox_old_key (
    account_id ${bigint} not null primary key,
    encoding_aes_key text not null
  ) ${strict}`.execute(db)
  await sql`alter table delivery_attempt add column injected_by text`.execute(db)
}
