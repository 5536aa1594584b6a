import { channel } from 'node:diagnostics_channel'

/** Whoever subscribes is told each statement as it goes to the database: its text, and the values of its parameters. */
export const STATEMENT_CHANNEL = 'shenpi.statement'

export interface ToldStatement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

const statements = channel(STATEMENT_CHANNEL)

export function tellStatement(sql: string, parameters: readonly unknown[]): void {
  if (statements.hasSubscribers) statements.publish({ sql, parameters } satisfies ToldStatement)
}
