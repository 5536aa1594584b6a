import type { Migration } from 'kysely/migration'
import * as foundation from './0001-foundation.ts'
import * as endsOfTokens from './0002-ends-of-tokens.ts'

/** In the order in which they run. A released one is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-ends-of-tokens': endsOfTokens,
}
