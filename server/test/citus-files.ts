/** The test files that also run on Citus: those that ask the most of a database, and what servers share. */
export const CITUS_FILES: readonly string[] = [
  'server/src/db/*.test.ts',
  'server/src/db/postgres/place*.test.ts',
  'server/src/db/migrations/*.test.ts',
  'server/src/{accounts,applications,callbacks,journal,requests,sandbox,tokens}/*.test.ts',
  'server/src/devices/search-devices.test.ts',
  'server/test/{api,api-lists,change-permits,cli,deliveries,demo,device-ceiling,lost-worker,queues,signals,tries,unreadable-payload}.test.ts',
  'server/test/{conformance,flows,wire}/*.test.ts',
]
