import type { Kysely, Selectable, Transaction } from 'kysely'
import { insertRows, isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { LotteryKey } from './lottery-id.ts'
import type { RedPacket } from './red-packet.ts'

const toPacket = (row: Selectable<Schema['red_packet']>): RedPacket => ({
  ticket: row.ticket,
  mchid: row.mchid,
  authMchid: row.auth_mchid,
  amount: row.amount,
  expiresAt: new Date(row.expires_at),
  lotteryNo: row.lottery_no,
})

/** @throws Error of the database (see `isUniqueViolation`) when the account has a packet with such a ticket. */
export async function insertPackets(
  trx: Transaction<Schema>,
  accountId: number,
  packets: readonly Omit<RedPacket, 'lotteryNo'>[],
  at: Date,
): Promise<void> {
  const rows = packets.map(({ ticket, mchid, authMchid, amount, expiresAt }) => ({
    account_id: accountId,
    ticket,
    mchid,
    auth_mchid: authMchid,
    amount,
    expires_at: expiresAt.getTime(),
    created_at: at.getTime(),
  }))
  await insertRows(trx, 'red_packet', rows, {
    account_id: 'bigint',
    ticket: 'text',
    mchid: 'text',
    auth_mchid: 'text',
    amount: 'bigint',
    expires_at: 'bigint',
    created_at: 'bigint',
  }).execute()
}

const selectNamed = prepared((db, { accountId, tickets }: { accountId: number; tickets: readonly string[] }) =>
  db
    .selectFrom('red_packet')
    .selectAll()
    .where('account_id', '=', accountId)
    .where(isIn(db, 'ticket', tickets, 'text')),
)

/** Those of an account's packets that have one of the tickets, by it. */
export async function findPackets(
  db: Kysely<Schema>,
  accountId: number,
  tickets: readonly string[],
): Promise<Map<string, RedPacket>> {
  const rows = await selectNamed(db, { accountId, tickets })
  return new Map(rows.map((row) => [row.ticket, toPacket(row)]))
}

const updateEntered = prepared((db, { accountId, lotteryNo, tickets }: LotteryKey & { tickets: readonly string[] }) =>
  db
    .updateTable('red_packet')
    .set({ lottery_no: lotteryNo })
    .where('account_id', '=', accountId)
    .where(isIn(db, 'ticket', tickets, 'text')),
)

/** Enter packets that are in no lottery. */
export async function saveEntered(
  trx: Transaction<Schema>,
  { accountId, lotteryNo }: LotteryKey,
  tickets: readonly string[],
): Promise<void> {
  await updateEntered(trx, { accountId, lotteryNo, tickets })
}

const selectWon = prepared((db, { accountId, lotteryNo, openid }: LotteryKey & { openid: string }) =>
  db
    .selectFrom('red_packet')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('lottery_no', '=', lotteryNo)
    .where('drawn_by', '=', openid),
)

/** What a person has won in a lottery. */
export async function findWon(
  db: Kysely<Schema>,
  { accountId, lotteryNo }: LotteryKey,
  openid: string,
): Promise<RedPacket | undefined> {
  const [row] = await selectWon(db, { accountId, lotteryNo, openid })
  return row && toPacket(row)
}

const selectNext = prepared((db, { accountId, lotteryNo, at }: LotteryKey & { at: number }) =>
  db
    .selectFrom('red_packet')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('lottery_no', '=', lotteryNo)
    .where('drawn_at', 'is', null)
    .where('expires_at', '>', at)
    .orderBy('expires_at')
    .orderBy('ticket')
    .limit(1),
)

/** The packet that is drawn next: of those that nobody has, the first to expire. */
export async function findNext(
  db: Kysely<Schema>,
  { accountId, lotteryNo }: LotteryKey,
  at: Date,
): Promise<RedPacket | undefined> {
  const [row] = await selectNext(db, { accountId, lotteryNo, at: at.getTime() })
  return row && toPacket(row)
}

interface Drawn {
  accountId: number
  ticket: string
  openid: string
  at: number
}

const updateDrawn = prepared((db, { accountId, ticket, openid, at }: Drawn) =>
  db
    .updateTable('red_packet')
    .set({ drawn_by: openid, drawn_at: at })
    .where('account_id', '=', accountId)
    .where('ticket', '=', ticket),
)

/** @throws Error of the database (see `isUniqueViolation`) when the person has won in this lottery before. */
export async function saveDrawn(
  trx: Transaction<Schema>,
  { accountId, ticket, openid, at }: Omit<Drawn, 'at'> & { at: Date },
): Promise<void> {
  await updateDrawn(trx, { accountId, ticket, openid, at: at.getTime() })
}

/** How many packets there are, and what they are worth in fen. */
export interface PacketCount {
  packets: number
  value: number
}

const selectCounts = prepared((db, { accountId, lotteryNo, at }: LotteryKey & { at: number }) =>
  db
    .selectFrom('red_packet')
    .select(({ eb, fn }) => [
      eb
        .case()
        .when('drawn_at', 'is not', null)
        .then('drawn')
        .when('expires_at', '<=', at)
        .then('expired')
        .else('available')
        .end()
        .as('standing'),
      fn.countAll<number>().as('packets'),
      fn.sum<number>('amount').as('value'),
    ])
    .where('account_id', '=', accountId)
    .where('lottery_no', '=', lotteryNo)
    .groupBy('standing'),
)

/** A lottery's packets by how they stand at a time; reads each of them. */
export async function countPackets(
  db: Kysely<Schema>,
  { accountId, lotteryNo }: LotteryKey,
  at: Date,
): Promise<Record<'drawn' | 'expired' | 'available', PacketCount>> {
  const rows = await selectCounts(db, { accountId, lotteryNo, at: at.getTime() })
  const of = (standing: string): PacketCount => {
    const row = rows.find((candidate) => candidate.standing === standing)
    return { packets: row?.packets ?? 0, value: Number(row?.value ?? 0) }
  }
  return { drawn: of('drawn'), expired: of('expired'), available: of('available') }
}
