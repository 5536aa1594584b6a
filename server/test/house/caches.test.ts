import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sourcesOf } from './sources.ts'

/** What keeps things in memory that are no cache of what the database holds, and why. */
const NO_CACHES: Readonly<Record<string, string>> = {
  'caches.ts': 'the caches themselves',
  'entropy/entropy.ts': 'what was drawn, which a reset begins anew and a snapshot keeps',
  'fair-semaphore.ts': 'who waits for their turn',
  'http/api/export-places.ts': 'exports under way',
  'http/connections.ts': 'connections',
  'http/listeners.ts': 'sockets',
  'http/read-in-pieces.ts': 'a body that arrives',
  'http/request-sequencer.ts': 'requests of a connection',
  'jobs/account-writes.ts': 'writes under way, which whoever collects waits for',
  'jobs/accounts-by-turn.ts': 'whose turn it is',
  'jobs/fair-claim.ts': 'whose turn it is: an account without work is asked once',
  'jobs/gate.ts': 'what is under way, and how often states were exchanged',
  'journal/account-change.ts': 'one change',
  'log/log-sink.ts': 'lines of the log',
  'metrics/request-counts.ts': 'requests of this process',
  'readings/picture-reader.ts': 'what pictures say, by their bytes',
  'recordings/body-tap.ts': 'one body',
  'recordings/carried-ids.ts': 'one comparison',
  'recordings/comparison-report.ts': 'one comparison',
  'recordings/mask-values.ts': 'one recording',
  'requests/waiting-records.ts': 'a part of RequestRecorder, which registers',
  'sandbox/faults/delay-room.ts': 'answers that wait',
  'statistics/account-tally.ts': 'a part of ShakeTally, which registers',
  'statistics/event-times.ts': 'a part of ShakeTally, which registers',
  'statistics/visitor-sketch.ts': 'a part of ShakeTally, which registers',
}

/** Fields that keep something: collections, and what a class that reads the database puts another value into. */
const COLLECTION = /^ {2}(?:readonly )?#\w+(?:: [^=\n]+)? = (?:new (?:Weak)?(?:Map|Set)\b|\[\])/m
const CHANGES = /^ {2}#(?!is|may)\w+(?:: [^=\n]+)?(?: = .+)?$/m
const READS = /^ {2}(?:private )?constructor\([^)]*\bdb\b/m

const isUnregistered = (text: string): boolean =>
  (COLLECTION.test(text) || (READS.test(text) && CHANGES.test(text))) && !/caches\.register\(this\)/.test(text)

describe('what a server keeps in memory', () => {
  const found = sourcesOf('server/src').filter(({ path, text }) => !path.includes('/db/') && isUnregistered(text))

  test('is emptied with all other caches when another state comes into the database, or is none of it', () => {
    assert.deepEqual(
      found.map(({ path }) => path.replace('server/src/', '')),
      Object.keys(NO_CACHES),
    )
  })

  const KEEPS = [
    'class A {\n  readonly #known = new Map<string, number>()\n}',
    'class A {\n  #ranges: Range[] = []\n}',
    'class A {\n  #current: Policy\n  constructor(db: Kysely<Schema>) {}\n}',
  ]
  for (const text of KEEPS) test(`is seen in ${text.replace(/\s+/g, ' ')}`, () => assert.ok(isUnregistered(text)))

  test('is no cache where it registers, or keeps nothing', () => {
    assert.ok(!isUnregistered(`${KEEPS[0]}\ncaches.register(this)`))
    assert.ok(!isUnregistered('class A {\n  readonly #db: Database\n  constructor(db: Database) {}\n}'))
  })
})
