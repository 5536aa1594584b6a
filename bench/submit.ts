import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import type { Place } from '../server/test/databases.ts'
import { LoadClient } from './load.ts'
import type { Figure, Measure } from './measure.ts'
import { startByHand, startShenpi } from './processes.ts'
import { pair } from './statistics.ts'
import { type Applicant, createApplicant, importCategories, submissions } from './submissions.ts'

const ROUND_MS = 1000
const WARM_UP_MS = 2000
const APPLICANTS = 32
/** Each may be applied for once by each account. */
const CATEGORIES = 10_000

/**
 * How fast applications are taken, each on disk before it is answered, against the same inserts by hand on a database
 * with the same tables, indexes and durability.
 */
export const durableSubmit: Measure = {
  name: 'submit',
  async run(database, { rounds }) {
    const modes = database.name === 'sqlite' ? ['sqlite-single', 'sqlite-group'] : ['postgres']
    const figures: Figure[] = []
    for (const mode of modes) {
      await using place = await database.place()
      await using server = await startShenpi(place)
      await importCategories(server, CATEGORIES)
      const applicants: Applicant[] = []
      for (let count = 0; count < APPLICANTS; count += 1) applicants.push(await createApplicant(server))

      // The other side's database is one of Shenpi's as well: made by its migrations, with the same accounts.
      await using handPlace = await database.place()
      await copyAccounts(handPlace, applicants)
      const target = handPlace.databaseUrl ?? join(handPlace.dataDir, 'shenpi.db')
      await using byHand = await startByHand(handPlace, mode, target)
      using ours = await LoadClient.open(server.url)
      using theirs = await LoadClient.open(byHand.url)
      const ourPath = ({ token }: Applicant) => `/shop/audit/audit_category?access_token=${token}`
      const nextOurs = submissions(applicants, CATEGORIES, ourPath)
      const nextTheirs = submissions(
        applicants,
        Number.POSITIVE_INFINITY,
        ({ accountId }) => `/submit?account=${accountId}`,
      )
      await ours.run(nextOurs, WARM_UP_MS)
      await theirs.run(nextTheirs, WARM_UP_MS)
      const { ratio, first, second } = await pair(
        rounds,
        () => ours.run(nextOurs, ROUND_MS),
        () => theirs.run(nextTheirs, ROUND_MS),
      )
      figures.push({
        measure: mode === 'sqlite-group' ? 'submit, by hand in groups' : 'submit, by hand one transaction each',
        value: ratio,
        unit: 'ratio',
        bar: { atLeast: 0.5 },
        detail: `${Math.round(first)}/s, by hand ${Math.round(second)}/s`,
      })
    }
    return figures
  },
}

/** Make the tables, by starting and stopping a server, and lay down the rows that a submission's keys point at. */
async function copyAccounts(place: Place, applicants: readonly Applicant[]): Promise<void> {
  await (await startShenpi(place))[Symbol.asyncDispose]()
  const statements = applicants.flatMap(({ accountId, appid }) => [
    `insert into account (account_id, appid, original_id, name, secret_hash, scene_groups, created_at)
     values (${accountId}, '${appid}', 'gh_1', 'Acme', '', '[1]', 0)`,
    `insert into account_journal (account_id, application_no, entry_no, delivery_no, entry_hash, event_time)
     values (${accountId}, 0, 0, 0, '', 0)`,
  ])
  if (place.databaseUrl) {
    const client = new Client({ connectionString: place.databaseUrl })
    await client.connect()
    await client.query(statements.join(';'))
    await client.end()
  } else {
    const db = new DatabaseSync(join(place.dataDir, 'shenpi.db'))
    db.exec(statements.join(';'))
    db.close()
  }
}
