import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Lotteries, the pages that are made for them, and the red packets in them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)

  await sql`alter table account_journal add column lottery_no ${bigint} not null default 0`.execute(db)
  await sql`alter table page add column lottery_no ${bigint}`.execute(db)

  await sql`create table lottery (
    account_id ${bigint} not null references account (account_id),
    lottery_no ${bigint} not null,
    title text not null,
    description text not null,
    is_on integer not null,
    begins_at ${bigint} not null,
    ends_at ${bigint} not null,
    packets_max integer not null,
    packets integer not null,
    calls integer not null,
    jump_url text not null,
    sign_key text not null,
    created_at ${bigint} not null,
    primary key (account_id, lottery_no)
  ) ${strict}`.execute(db)

  await sql`create table red_packet (
    account_id ${bigint} not null references account (account_id),
    ticket text not null,
    mchid text not null,
    auth_mchid text not null,
    amount ${bigint} not null,
    expires_at ${bigint} not null,
    lottery_no ${bigint},
    drawn_by text,
    drawn_at ${bigint},
    created_at ${bigint} not null,
    primary key (account_id, ticket),
    foreign key (account_id, lottery_no) references lottery (account_id, lottery_no)
  ) ${strict}`.execute(db)
  // One person wins at most once in a lottery.
  await sql`create unique index red_packet_winner on red_packet (account_id, lottery_no, drawn_by)`.execute(db)
  // The packet that is drawn next: of those that nobody has, the first to expire.
  await sql`create index red_packet_next on red_packet (account_id, lottery_no, drawn_at, expires_at, ticket)`.execute(
    db,
  )
}
