/** What `reviewer.mjs` tells, wherever it runs, of a server with one application under review. */
export const REVIEWED = {
  listed: 1,
  before: { state: 'under_review', isEtag: true },
  stale: { status: 412, code: 'application.changed' },
  after: { state: 'approved', changes: 1 },
  again: 'approved',
  late: { status: 409, code: 'application.closed' },
  unknown: { status: 404, code: 'application.unknown' },
  withoutKey: { status: 401, code: 'api_key.invalid' },
}
