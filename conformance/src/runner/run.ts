import { type ConformanceCase, type Story, subjectOf, titleOf } from '../case.ts'
import { ANY_CALL } from '../cases/any-call.cases.ts'
import { startSite } from '../files/site.ts'
import { judge } from '../judge/judge.ts'
import { STORIES } from '../stories.ts'
import type { Given } from '../world/given.ts'
import type { Member } from '../world/world.ts'
import { Undos } from './givens.ts'
import { JudgedServer } from './judged-server.ts'
import type { Known } from './known.ts'
import type { Options } from './options.ts'
import {
  type Access,
  applyForCategories,
  applyForDevices,
  factsOf,
  findStore,
  isStrangerNew,
  openAccess,
  placesOf,
  uploadPictures,
} from './prepare.ts'
import { whyNot, whyUnknown } from './why-not.ts'

export interface Result {
  subject: string
  title: string
  outcome: 'passed' | 'differs' | 'known' | 'skipped'
  /** What differs, a line each, or why it was skipped. */
  details: readonly string[]
}

/** Those that count what an account has come first; those that leave it otherwise come last. */
const FIRST = ['pages', 'groups', 'devices', 'stores', 'brands']
const LAST = ['device-batches', 'shop-access']
const orderOf = ({ subject }: Story): number =>
  FIRST.includes(subject) ? FIRST.indexOf(subject) : FIRST.length + 1 + LAST.indexOf(subject)

/** Send the cases to a server, story by story, and judge what it answers. @throws UnreachableError */
export async function run(options: Options, known: Known): Promise<Result[]> {
  const server = new JudgedServer(options)
  await server.connect()
  const isNear = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(options.baseUrl).hostname)
  await using site = isNear ? await startSite() : undefined
  const access = new Map<Member, Access>()
  const places: Record<string, unknown> = { ...placesOf(server), ...(site && { site: site.url }) }
  await openAll(server, options, access)
  if (await isStrangerNew(server)) places.strangersPagesInAll = 1
  for (const member of options.write ? server.members.keys() : []) {
    Object.assign(places, await uploadPictures(server, member))
  }
  const results: Result[] = []
  const wanted = [...STORIES.toSorted((a, b) => orderOf(a) - orderOf(b)), ANY_CALL].filter((story) =>
    isWanted(story, options.only),
  )
  for (const story of wanted) {
    results.push(
      ...(await tell(
        story,
        { server, options, access, places: { ...places, merchantsToken: server.tokenOf('merchant') } },
        known,
      )),
    )
  }
  return results
}

/** What is open for those members for whom everything should be: a story may have closed it. */
async function openAll(server: JudgedServer, { write }: Options, access: Map<Member, Access>): Promise<void> {
  for (const member of ['merchant', 'stranger'] as const) {
    if (server.members.has(member)) access.set(member, await openAccess(server, member, write))
  }
}

const isWanted = ({ subject, cases }: Story, only: readonly string[]): boolean =>
  only.length === 0 ||
  only.includes(subject) ||
  (subject !== ANY_CALL.subject && cases.some(({ call }) => only.includes(subjectOf(call))))

interface Base {
  server: JudgedServer
  options: Options
  access: Map<Member, Access>
  places: Record<string, unknown>
}

async function tell({ subject, cases }: Story, base: Base, known: Known): Promise<Result[]> {
  const { server, options, places } = base
  const { write } = options
  await server.connect()
  await openAll(server, options, base.access)
  Object.assign(places, await findStore(server, places, write))
  const isCategories = subject === 'categories' || subject === 'shop-audits'
  if (write && isCategories) Object.assign(places, await applyForCategories(server, places))
  const facts = await factsOf(server, places, base.access)
  if (write && base.access.get('merchant')?.hasShakeNearby) Object.assign(places, await applyForDevices(server, places))
  const missed = new Set<Given>()
  let isUnchanged = false
  const results: Result[] = []
  const undos = new Undos()
  try {
    for (const one of cases) {
      const reason = whyNot(one, { ...base, facts, missed, isUnchanged })
      if (reason && one.given) missed.add(one.given)
      isUnchanged ||= reason !== undefined && !write && !one.call.safe && one.errcode === undefined
      if (!reason && one.given) await undos.bringAbout(one.given, server, places)
      const skipped = reason ?? whyUnknown(one, places)
      results.push(skipped ? toResult(one, 'skipped', [skipped]) : await sendAndJudge(one, base, known))
    }
  } finally {
    await undos.undo()
  }
  return results
}

async function sendAndJudge(one: ConformanceCase, { server, places }: Base, known: Known): Promise<Result> {
  const differences = judge(one, await server.send(one, places), places)
  if (differences.length === 0) return toResult(one, 'passed', [])
  return toResult(one, known.has(titleOf(one)) ? 'known' : 'differs', differences)
}

const toResult = (one: ConformanceCase, outcome: Result['outcome'], details: readonly string[]): Result => ({
  subject: subjectOf(one.call),
  title: titleOf(one),
  outcome,
  details,
})
