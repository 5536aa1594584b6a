import { commonCallProblems } from '@shenpi/sdk/contract/common-problems'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { problemRow } from '@shenpi/sdk/contract/problems'
import { tokens } from '@shenpi/sdk/contract/wire/tokens'
import type { ConformanceCase } from '../case.ts'
import { type Places, placesIn } from '../fill.ts'
import type { Fact, Given } from '../world/given.ts'
import { MEMBERS, type Member } from '../world/world.ts'
import { whyNotGiven } from './givens.ts'
import type { JudgedServer } from './judged-server.ts'
import type { Options } from './options.ts'
import type { Access } from './prepare.ts'

/** What is known when a case's turn comes. */
export interface Situation {
  server: JudgedServer
  options: Pick<Options, 'write' | 'hostile'>
  access: ReadonlyMap<Member, Access>
  facts: ReadonlySet<Fact>
  /** What could not be brought about in this story. */
  missed: ReadonlySet<Given>
  /** Whether a change of this story was left out for want of `--write`. */
  isUnchanged: boolean
}

/** Why a case cannot be judged, or undefined when it can. */
export function whyNot(one: ConformanceCase, situation: Situation): string | undefined {
  const { server, options, facts, missed, isUnchanged } = situation
  const { by = 'merchant', given, after, needs, errcode } = one
  if (by && !server.members.has(by)) return `called by the ${by}: --member ${by}=APPID:SECRET`
  if (!options.hostile && isHostile(one)) return 'a hostile size: --hostile'
  if (!options.write && given) return 'brings something about: --write'
  if (!options.write && isChange(one)) return 'changes something: --write'
  if (isUnchanged && errcode === undefined) return 'follows changes: --write'
  if (after && missed.has(after)) return `follows “${after}”`
  if (needs && !facts.has(needs)) return `needs an account of which is true: ${needs}`
  return (given && whyNotGiven(given, server)) ?? whyClosed(one, situation)
}

/**
 * A refused call changes nothing, unless the server is mistaken: it counts as a change. A token of /cgi-bin/token ends the
 * one before it.
 */
export function isChange({ call, request, errcode }: ConformanceCase): boolean {
  if (call === tokens.token) return errcode === undefined
  if (call.safe) return isObject(request) && request.force_refresh === true
  return !EARLY.has(errcode)
}

/** What is refused before anybody looks at what a call is for. */
const EARLY: ReadonlySet<number | undefined> = new Set(
  (['method.post_required', 'method.get_required', 'token.missing', 'token.invalid', 'token.expired'] as const).map(
    (code) => problemRow(code).errcode,
  ),
)

const HOSTILE_BYTES = 64 * 1024
const HOSTILE = /\d MB|million|,000|depth without/

function isHostile({ name, request, file, form }: ConformanceCase): boolean {
  if (typeof request === 'string' && request.length > HOSTILE_BYTES) return true
  return HOSTILE.test([file?.is, form, typeof request === 'string' ? name : ''].join())
}

/** A call that is not open for a member is refused with that, and with nothing behind it. */
function whyClosed(one: ConformanceCase, { access }: Situation): string | undefined {
  const { call, by = 'merchant', errcode } = one
  const has = by && access.get(by)
  if (!has || (errcode !== undefined && isRefusedBeforeAccess(one))) return undefined
  const isActivated = call.activated && !has.hasShakeNearby
  if (isActivated) return `Shake Nearby is not open for the ${by}: --write --api-key`
  return call.connected && !has.hasShop ? `the shop is not open for the ${by}: --write --api-key` : undefined
}

function isRefusedBeforeAccess({ call, errcode }: ConformanceCase): boolean {
  const codes = commonCallProblems(call)
  const openAt = codes.findIndex((code) => code === 'account.not_activated' || code === 'shop.not_open')
  return codes.slice(0, Math.max(openAt, 0) + 2).some((code) => problemRow(code).errcode === errcode)
}

/** Which place of a case nothing has given so far. */
export function whyUnknown(one: ConformanceCase, places: Places): string | undefined {
  const { request, query, answer, keep = {} } = one
  const named = [...placesIn(request), ...placesIn(query), ...placesIn(answer).filter((place) => !(place in keep))]
  const unknown = named.find((place) => places[place] === undefined)
  if (unknown === undefined) return undefined
  const owner = Object.keys(MEMBERS).find((member) => member !== 'merchant' && unknown.startsWith(member))
  if (owner) return `names what the ${owner} has ({${unknown}})`
  return unknown === 'site'
    ? 'needs a web server of ours that the server reaches'
    : `names {${unknown}}, which nothing gave`
}
