import pg from 'pg'
import { describe } from './account-for.ts'
import { LIST, type Listed } from './crossing-list.ts'
import type { Sent } from './record.ts'
import { plainText } from './sql-text.ts'

/**
 * Let Citus explain statements as they were sent, on a database whose tables are placed.
 *
 * @param url of its coordinator
 * @returns a sentence for each that it refuses, and for each that asks several shards and is not listed
 */
export async function explainAll(sent: readonly Sent[], listed: readonly Listed[], url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const sentences: string[] = []
  try {
    for (const statement of sent) {
      const text = plainText(statement.sql)
      const finding = await explain(client, statement)
      const row = listed.find(({ matches }) => matches(text))
      if ('error' in finding && row?.isRefused) continue
      if ('error' in finding) sentences.push(`${describe(statement)} is refused by Citus: ${finding.error}`)
      else if (finding.shards > 1 && !row) {
        sentences.push(`${describe(statement)} asks ${finding.shards} shards. Write it into ${LIST} with the reason.`)
      }
    }
  } finally {
    await client.end()
  }
  return [...new Set(sentences)]
}

async function explain(client: pg.Client, { sql, parameters }: Sent): Promise<{ shards: number } | { error: string }> {
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${withValues(sql, parameters)}`)
    const counts = rows.map((row) => Number(/Task Count: (\d+)/.exec(row['QUERY PLAN'])?.[1] ?? 0))
    return { shards: Math.max(0, ...counts) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** A statement with its values in their places: a bound one would leave open which shard is meant. */
function withValues(sql: string, parameters: readonly unknown[]): string {
  return sql.replaceAll(/\$(\d+)/g, (_, number) => toLiteral(parameters[Number(number) - 1]))
}

function toLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return pg.escapeLiteral(Array.isArray(value) ? `{${value.map(toElement).join()}}` : String(value))
}

const toElement = (value: unknown): string =>
  value === null ? 'null' : `"${String(value).replaceAll(/["\\]/g, '\\$&')}"`
