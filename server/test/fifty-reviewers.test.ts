import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { describe, test } from 'node:test'
import { getApplication } from '../src/applications/application.store.ts'
import type { Application } from '../src/applications/application.ts'
import { type ApplicationKey, toApplicationId } from '../src/applications/application-id.ts'
import { carryOutDecision } from '../src/applications/carry-out-decision.ts'
import { claimApplication } from '../src/applications/claim-application.ts'
import { decideApplication } from '../src/applications/decide-application.ts'
import { scheduledDecisionQueue } from '../src/applications/scheduled-decision.queue.ts'
import { submitApplication } from '../src/applications/submit-application.ts'
import { undoDecision } from '../src/applications/undo-decision.ts'
import { Problem } from '../src/problem.ts'
import { DATABASES } from './databases.ts'
import { aBatchOf, aCategoryOf } from './factories.ts'
import { type OpenReview, openReview } from './open-review.ts'

const REVIEWERS = 50
const ACCOUNTS = 50
/** Of each account, beside one batch that two are to approve. */
const CATEGORIES = 19

/** What two reviewers may meet who work at once. */
const EXPECTED = new Set([
  ...['application.closed', 'application.changed', 'application.claimed', 'decision.scheduled'],
  ...['decision.none_scheduled', 'decision.not_yours', 'opinion.same_actor'],
])

type Random = () => number

/** Mulberry32: numbers from 0 to 1 that follow from a seed. */
function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Walk {
  opened: OpenReview
  /** Those that may still be open. */
  open: Application[]
  /** Those on which a decision waits, as a page would show it. */
  waiting: Set<ApplicationKey>
  /** Resolves when a worker has looked for what is due. */
  looked: PromiseWithResolvers<void>
  /** How often each refusal was met. */
  met: Map<string, number>
}

async function submitAll({ review, newAccount }: OpenReview): Promise<Application[]> {
  const accounts = await Promise.all(Array.from({ length: ACCOUNTS }, () => newAccount({ ceiling: 1_000_000 })))
  const submitted = accounts.flatMap((accountId) => [
    submitApplication(review, aBatchOf(accountId, 6000)),
    ...Array.from({ length: CATEGORIES }, (_, index) => submitApplication(review, aCategoryOf(accountId, index + 1))),
  ])
  return await Promise.all(submitted)
}

const isBatch = ({ kind }: Application) => kind === 'device_batch'

/** One reviewer's way through the queue, until nothing is open. */
async function reviewAll(walk: Walk, reviewer: number, random: Random): Promise<void> {
  const { opened, open, waiting, met } = walk
  const { review } = opened
  const who = { actor: `staff:${reviewer}`, actorKey: `staff:${reviewer}` }
  /** Versions that this reviewer has seen. */
  const pages = new Map<ApplicationKey, number>(open.filter(isBatch).map((key) => [key, 1]))
  const step = async (key: ApplicationKey) => {
    // A page that was opened before shows what was true then.
    const version = pages.get(key) ?? (await getApplication(review.db, key)).version
    pages.set(key, version)
    if (random() < 0.3) return
    const chance = random()
    if (chance < 0.2) await claimApplication(review, key, who)
    const move = random() < 0.8 ? 'approve' : 'reject'
    const delay = random() < 0.7
    const after = await decideApplication(review, key, { ...who, move, reason: '看过', version, delay })
    const isWaiting = after.stage === 'scheduled'
    assert.equal(after.version, isWaiting ? version : version + 1, 'it was decided in the version that was read')
    if (isWaiting) waiting.add(key)
    if (isWaiting && random() < 0.4) {
      if (random() < 0.05) opened.clock.advance(10_000)
      await undoDecision(review, key, { ...who, ofOthers: false })
      waiting.delete(key)
    }
    if (after.stage === 'second_opinion') {
      await decideApplication(review, key, { ...who, move: 'approve', reason: '', version: after.version })
    }
    if (after.state !== 'under_review') remove(open, key)
  }
  while (open.length > 0) {
    const key = open[Math.floor(random() * open.length)] as Application
    try {
      if (!waiting.has(key) || random() < 0.1) await step(key)
      else await walk.looked.promise
    } catch (error) {
      if (!(error instanceof Problem) || !EXPECTED.has(error.code)) throw error
      met.set(error.code, (met.get(error.code) ?? 0) + 1)
      if (error.code === 'application.closed') remove(open, key)
      pages.delete(key)
      await walk.looked.promise
    }
  }
}

function remove(open: ApplicationKey[], key: ApplicationKey): void {
  const place = open.indexOf(key)
  if (place >= 0) open.splice(place, 1)
}

/** Two servers' workers at once: time passes, and what is due takes effect. */
async function work(walk: Walk, random: Random): Promise<void> {
  const { opened, open, waiting } = walk
  const { db, clock, review } = opened
  while (open.length > 0) {
    clock.advance(Math.floor(random() * 4000))
    const { accountIds } = await scheduledDecisionQueue.listDue(db, clock, 0)
    for (const accountId of accountIds) {
      const jobs = await scheduledDecisionQueue.claim(db, clock, { accountId, limit: 10 })
      for (const job of jobs) await carryOutDecision(review, job)
      const ended = new Set(jobs.map(toApplicationId))
      for (const key of waiting) if (ended.has(toApplicationId(key))) waiting.delete(key)
    }
    walk.looked.resolve()
    walk.looked = Promise.withResolvers()
    await new Promise(setImmediate)
  }
  walk.looked.resolve()
}

interface Entry {
  at: number
  actor: string
  action: string
  detail: { until?: string; version?: number }
}

/** The entries of each application, in their order. */
async function entriesByApplication({ db }: OpenReview): Promise<Map<string, Entry[]>> {
  const rows = await db.selectFrom('audit_entry').selectAll().orderBy('account_id').orderBy('entry_no').execute()
  const byApplication = new Map<string, Entry[]>()
  for (const { account_id: accountId, application_no: applicationNo, at, actor, action, detail } of rows) {
    if (applicationNo === null) continue
    const id = toApplicationId({ accountId, applicationNo })
    byApplication.set(id, [...(byApplication.get(id) ?? []), { at, actor, action, detail: JSON.parse(detail) }])
  }
  return byApplication
}

/** What must hold of one application, as its trail tells. */
function judgeTrail(id: string, entries: readonly Entry[], needsTwo: boolean): void {
  const outcomes = entries.filter(({ action }) => action === 'application.approve' || action === 'application.reject')
  assert.equal(outcomes.length, 1, `${id} has one outcome`)
  const [outcome] = outcomes
  assert.equal(outcome, entries.at(-1), `${id} is not touched after its outcome`)
  const opinions = entries.filter(({ action }) => action === 'application.opinion')
  assert.equal(outcome?.detail.version, opinions.length + 2, `${id} was decided in its last version`)
  if (needsTwo && outcome?.action === 'application.approve') {
    assert.equal(opinions.length, 1, `${id} has two opinions`)
    assert.notEqual(opinions[0]?.actor, outcome.actor, `${id} has opinions of two people`)
  }
  let until: number | undefined
  for (const { action, at, detail } of entries) {
    if (action === 'application.schedule') {
      assert.equal(until, undefined, `${id} is decided by one at a time`)
      until = Date.parse(detail.until ?? '')
    } else if (until !== undefined && action !== 'application.submit') {
      if (action === 'application.undo') assert.ok(at < until, `${id} was taken back after its last moment`)
      else assert.ok(at >= until, `${id} took effect before its last moment: ${action}`)
      until = undefined
    }
  }
}

for (const kind of DATABASES) {
  describe(`fifty reviewers on ${kind.name}`, () => {
    test('decide each of a thousand applications once, by two people where two are asked for', async (t) => {
      const seed = randomInt(2 ** 31)
      t.diagnostic(`seed ${seed}`)
      await using opened = await openReview(kind)
      opened.setPolicy({ secondOpinion: [{ kind: 'device_batch', when: { field: 'quantity', above: 5000 } }] })
      const all = await submitAll(opened)
      const walk: Walk = { opened, open: [...all], waiting: new Set(), looked: Promise.withResolvers(), met: new Map() }
      await Promise.all([
        ...Array.from({ length: REVIEWERS }, (_, index) => reviewAll(walk, index, randomFrom(seed + index))),
        ...[1, 2].map((worker) => work(walk, randomFrom(seed - worker))),
      ])
      t.diagnostic([...walk.met].map(([code, count]) => `${code} ${count}`).join(', '))
      const trails = await entriesByApplication(opened)
      assert.equal(all.length, ACCOUNTS * (CATEGORIES + 1))
      for (const application of all) {
        const id = toApplicationId(application)
        judgeTrail(id, trails.get(id) ?? [], isBatch(application))
      }
      for (const code of [
        'application.changed',
        'decision.scheduled',
        'opinion.same_actor',
        'decision.none_scheduled',
      ]) {
        assert.ok(walk.met.has(code), `nobody met ${code}`)
      }
    })
  })
}
