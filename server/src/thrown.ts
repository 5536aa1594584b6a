/** What the system or Node calls an error, as in `ENOENT`; undefined for everything else that may be thrown. */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
}

/** What was thrown, in words. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** What a driver calls an error: PostgreSQL's `code` is a text, SQLite's `errcode` a number. */
export function codesOf(error: unknown): { code?: unknown; errcode?: unknown } {
  if (typeof error !== 'object' || error === null) return {}
  return { ...('code' in error && { code: error.code }), ...('errcode' in error && { errcode: error.errcode }) }
}
