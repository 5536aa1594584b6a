/** What a driver calls an error: PostgreSQL's `code` is a text, SQLite's `errcode` a number. */
export function codesOf(error: unknown): { code?: unknown; errcode?: unknown } {
  if (typeof error !== 'object' || error === null) return {}
  return { ...('code' in error && { code: error.code }), ...('errcode' in error && { errcode: error.errcode }) }
}
