/** The test files that also run on Citus: those that ask the most of a database, and what servers share. */
export const CITUS_FILES: readonly string[] = [
  'server/src/db/*.test.ts',
  'server/src/db/postgres/place*.test.ts',
  'server/src/db/migrations/*.test.ts',
  'server/src/{accounts,applications,callbacks,deliveries,journal,requests,sandbox,tokens}/*.test.ts',
  'server/src/devices/search-devices.test.ts',
  'server/test/{accounts-api,api,api-lists,change-permits,cli,dashboard,deciding,deliveries,demo,device-ceiling,events,exports}.test.ts',
  'server/test/{lost-worker,policy,queues,reasons,saved-views,signals,trail-export,tries,unreadable-payload}.test.ts',
  'server/test/{conformance,flows,wire}/*.test.ts',
]
