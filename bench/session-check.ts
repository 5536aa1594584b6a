import pino from 'pino'
import { Caches } from '../server/src/caches.ts'
import { inDataDir } from '../server/src/data-dir/data-dir.ts'
import { migrate } from '../server/src/db/migrate.ts'
import { openDatabase } from '../server/src/db/open.ts'
import { changeInstallation } from '../server/src/journal/change-installation.ts'
import { FailureLog } from '../server/src/log/failure-log.ts'
import { openSession } from '../server/src/staff/sessions/open-session.ts'
import { SessionCheck } from '../server/src/staff/sessions/session-check.ts'
import { insertStaff } from '../server/src/staff/staff.store.ts'
import { systemClock as clock } from '../server/src/time/clock.ts'
import type { BenchDatabase } from './databases.ts'
import type { Figure, Measure } from './measure.ts'
import { median } from './statistics.ts'

const STAFF = 1000
const CHECKS = 2000
const DAY_MS = 24 * 60 * 60_000

/**
 * What it costs this process's processor to tell who is signed in: when the database is asked, as once in three seconds for each
 * session, and when it is not.
 */
export const sessionCheck: Measure = {
  name: 'session-check',
  async run(database, { rounds }) {
    await using opened = await openWithSessions(database)
    const { sessions, tokens } = opened
    const asked = async () => {
      sessions.empty()
      for (const token of tokens) await sessions.find(token)
    }
    const known = async () => {
      for (let count = 0; count < CHECKS; count += 1) await sessions.find(tokens[0] ?? '')
    }
    return [
      await figure('a session check that asks the database', tokens.length, rounds, asked, database),
      await figure('a session check of one that is known', CHECKS, rounds, known, database),
    ]
  },
}

async function figure(
  measure: string,
  checks: number,
  rounds: number,
  run: () => Promise<void>,
  { name }: BenchDatabase,
): Promise<Figure> {
  await run()
  const each: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage()
    await run()
    const { user, system } = process.cpuUsage(before)
    each.push((user + system) / checks)
  }
  const sorted = each.toSorted((a, b) => a - b).map((value) => value.toFixed(1))
  return {
    measure,
    value: median(each),
    unit: 'µs',
    ...(name === 'sqlite' && { bar: { atMost: 50 } }),
    detail: `processor’s time, rounds from ${sorted[0]} to ${sorted.at(-1)} µs`,
  }
}

/** A thousand members of the staff, each signed in once. */
async function openWithSessions(database: BenchDatabase) {
  const place = await database.place()
  const db = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: inDataDir(place.dataDir).database })
  await migrate(db)
  const limits = { idleMs: DAY_MS, absoluteMs: DAY_MS, byProviderMs: DAY_MS }
  const visitor = {
    address: '192.0.2.1',
    network: '192.0.2.1',
    site: '192.0.2.1',
    userAgent: 'bench',
    token: undefined,
  }
  const tokens: string[] = []
  await changeInstallation(db, async (installation) => {
    for (let number = 1; number <= STAFF; number += 1) {
      const credentials = { passwordHash: null, language: null, oidcSubject: null }
      const of = {
        name: `Reviewer ${number}`,
        roles: ['reviewer'] as const,
        createdAt: clock.installation(),
        ...credentials,
      }
      const staff = await insertStaff(installation.trx, of)
      tokens.push(await openSession({ clock, limits }, installation, { staff, way: 'demo', visitor }))
    }
  })
  const failures = new FailureLog(pino({ level: 'silent' }))
  return {
    sessions: new SessionCheck({ db, clock, limits, failures, caches: new Caches() }),
    tokens,
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await place[Symbol.asyncDispose]()
    },
  }
}
