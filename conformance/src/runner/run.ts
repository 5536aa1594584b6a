import { ApiProblem, UnansweredError } from '@shenpi/sdk/client'
import { type ConformanceCase, type Story, subjectOf, titleOf } from '../case.ts'
import { ANY_CALL } from '../cases/any-call.cases.ts'
import { startSite } from '../files/site.ts'
import { judge } from '../judge/judge.ts'
import { maskTokens } from '../judge/mask-tokens.ts'
import type { Given } from '../world/given.ts'
import type { Member } from '../world/world.ts'
import { Undos } from './givens.ts'
import { STORIES_IN_ORDER } from './in-order.ts'
import { JudgedServer, NoAnswerError } from './judged-server.ts'
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
import type { Result } from './result.ts'
import { whyNot, whyUnknown } from './why-not.ts'

/** What a run has judged, and what ended it before its end. */
export interface Run {
  results: readonly Result[]
  endedBy?: unknown
}

/** Send the cases to a server, story by story, and judge what it answers. @throws UsageError when the API key is refused */
export async function run(options: Options, known: Known): Promise<Run> {
  const server = new JudgedServer(options)
  await server.checkApiKey()
  const results: Result[] = []
  try {
    await judgeAll(server, options, (result) => results.push(asKnown(result, known)))
    return { results }
  } catch (endedBy) {
    return { results, endedBy }
  }
}

type Tell = (result: Result) => void

async function judgeAll(server: JudgedServer, options: Options, tell: Tell): Promise<void> {
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
  for (const story of storiesOf(options.only)) {
    const base = { server, options, access, places: { ...places, merchantsToken: server.tokenOf('merchant') } }
    await judgeStory(story, base, (one, ...outcome) => {
      if (isAskedFor(story, one, options.only)) tell(toResult(one, ...outcome))
    })
  }
}

/** Look what is open for the merchant and the stranger, and open what a story has closed. */
async function openAll(server: JudgedServer, { write }: Options, access: Map<Member, Access>): Promise<void> {
  for (const member of ['merchant', 'stranger'] as const) {
    if (server.members.has(member)) access.set(member, await openAccess(server, member, write))
  }
}

/** The stories that hold a case that is asked for: its cases rest on one another, those of any call do not. */
function storiesOf(only: readonly string[]): Story[] {
  const stories = [...STORIES_IN_ORDER, ANY_CALL]
  const asked = stories.filter((story) => story.cases.some((one) => isAskedFor(story, one, only)))
  return asked.map((story) =>
    story === ANY_CALL ? { ...story, cases: story.cases.filter((one) => isAskedFor(story, one, only)) } : story,
  )
}

const isAskedFor = ({ subject }: Story, { call }: ConformanceCase, only: readonly string[]): boolean =>
  only.length === 0 || only.includes(subjectOf(call)) || (subject === ANY_CALL.subject && only.includes(subject))

interface Base {
  server: JudgedServer
  options: Options
  access: Map<Member, Access>
  places: Record<string, unknown>
}

type TellCase = (one: ConformanceCase, outcome: Result['outcome'], details: readonly string[]) => void

async function judgeStory({ subject, cases }: Story, base: Base, tell: TellCase): Promise<void> {
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
  const undos = new Undos()
  try {
    for (const one of cases) {
      const reason = whyNot(one, { ...base, facts, missed, isUnchanged })
      if (reason && one.given) missed.add(one.given)
      isUnchanged ||= reason !== undefined && !write && !one.call.safe && one.errcode === undefined
      const failure = !reason && one.given && (await undos.bringAbout(one.given, server, places).catch(toFailure))
      if (failure && one.given) missed.add(one.given)
      const skipped = reason ?? whyUnknown(one, places)
      if (failure) tell(one, 'differs', [`“${one.given}” cannot be brought about: ${failure}`])
      else if (skipped) tell(one, 'skipped', [skipped])
      else await sendAndJudge(one, base, tell)
    }
  } finally {
    await undos.undo()
  }
}

async function sendAndJudge(one: ConformanceCase, { server, places }: Base, tell: TellCase): Promise<void> {
  const reply = await server.send(one, places).catch(toFailure)
  const differences = typeof reply === 'string' ? [reply] : judge(one, reply, places)
  tell(one, differences.length === 0 ? 'passed' : 'differs', differences)
}

/** What a single request failed with; anything else ends the run. */
function toFailure(error: unknown): string {
  if (error instanceof NoAnswerError || error instanceof ApiProblem || error instanceof UnansweredError) {
    return error.message
  }
  throw error
}

const toResult = (one: ConformanceCase, outcome: Result['outcome'], details: readonly string[]): Result => ({
  subject: subjectOf(one.call),
  title: titleOf(one),
  outcome,
  details: details.map(maskTokens),
})

const asKnown = (result: Result, known: Known): Result =>
  result.outcome === 'differs' && known.has(result.title) ? { ...result, outcome: 'known' } : result
