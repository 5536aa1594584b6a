import { WIRE_CALLS } from '@shenpi/sdk/calls/wire'
import type { ApiFaultChange, ApiFaultEffect } from '@shenpi/sdk/contract/api'
import type { WireCall } from '@shenpi/sdk/contract/call'
import { FAULT_LASTS_S } from '@shenpi/sdk/contract/fault-limits'
import { PROBLEMS, type ProblemRow } from '@shenpi/sdk/contract/problems'
import { FAULT_PLACES, type FaultPlace } from '@shenpi/sdk/contract/states'
import { problemOf } from '../../problem.ts'
import type { Fault } from './fault.ts'
import { findScenario } from './scenarios.ts'

type Type = ApiFaultEffect['type']
type Member = Exclude<keyof ApiFaultEffect, 'type'>

/** What belongs to an effect: members that it needs, those that it may have, and where on a call's way it can strike. */
interface Shape {
  needs?: readonly Member[]
  may?: readonly Member[]
  /** The first is where it strikes if nothing is said; none: it strikes callbacks. */
  places?: readonly [FaultPlace, ...FaultPlace[]]
}

export const SHAPES: Readonly<Record<Type, Shape>> = {
  errcode: { needs: ['errcode'], places: FAULT_PLACES },
  http_status: { needs: ['status'], places: FAULT_PLACES },
  // Not before the commit: the account's lock, on SQLite the only writer, would wait with it.
  delay: { needs: ['ms'], may: ['sigma'], places: ['before_checks', 'after_commit'] },
  cut: { may: ['bytes'], places: FAULT_PLACES },
  // These need an answer to spoil.
  truncate: { may: ['bytes'], places: ['after_commit'] },
  slow: { needs: ['bytes_per_second'], places: ['after_commit'] },
  callback_duplicate: {},
  callback_reorder: { may: ['seconds'] },
  callback_delay: { needs: ['seconds'] },
  callback_drop: {},
  callback_wrong_signature: {},
  callback_wrong_key: {},
  callback_stale_timestamp: { may: ['seconds'] },
  callback_truncate: { may: ['bytes'] },
  callback_old_key: {},
}

const ERRCODES: ReadonlySet<number> = new Set(
  Object.values<ProblemRow>(PROBLEMS).flatMap(({ errcode }) => errcode ?? []),
)

const PATHS: ReadonlySet<string> = new Set(
  Object.values(WIRE_CALLS).flatMap((calls) => Object.values<WireCall>(calls).map(({ path }) => path)),
)

const malformed = (place: string, why: string) => problemOf('fault.malformed', `${place}: ${why}.`)

/** What of a fault's definition is looked at here: whose it is and when it ends is not its own. */
type Given = Pick<ApiFaultChange, 'scenario' | 'match' | 'effect' | 'where' | 'times'>

/**
 * A fault as it was asked for, whole.
 *
 * @throws Problem `fault.malformed`, with the member and what is wrong with it
 */
export function readFault(given: Given): Fault {
  const { appid: _, ...match } = given.match ?? {}
  const scenario = given.scenario === undefined ? undefined : findScenario(given.scenario)
  if (given.scenario !== undefined && !scenario) throw malformed('scenario', `there is no ${given.scenario}`)
  if (scenario && (given.effect || given.where)) {
    throw malformed(given.effect ? 'effect' : 'where', 'the scenario says it')
  }
  const effect = scenario?.effect ?? given.effect
  if (!effect) throw malformed('effect', 'it is missing, and so is a scenario')
  const where = placeOf(effect, scenario?.where ?? given.where)
  const whole = { ...scenario?.match, ...match }
  const [foreign, reason] = where
    ? (['events', 'a call is no event'] as const)
    : (['paths', 'a callback has no path'] as const)
  if (whole[foreign]) throw malformed(`match.${foreign}`, reason)
  const unknown = whole.paths?.findIndex((path) => !PATHS.has(path)) ?? -1
  if (unknown >= 0) throw malformed(`match.paths.${unknown}`, `there is no call ${whole.paths?.[unknown]}`)
  assertMembers(effect)
  const times = given.times ?? scenario?.times ?? null
  return { scenario: scenario?.name ?? null, match: whole, effect, where, times }
}

/** @throws Problem `fault.malformed` */
function placeOf({ type, bytes }: ApiFaultEffect, where: FaultPlace | null | undefined): FaultPlace | null {
  const { places } = SHAPES[type]
  if (!places) {
    if (where) throw malformed('where', `${type} strikes callbacks, which have no such places`)
    return null
  }
  // Part of an answer can be sent where there is one.
  if (type === 'cut' && bytes !== undefined) {
    if (where && where !== 'after_commit') throw malformed('where', 'before the commit there is no answer to cut')
    return 'after_commit'
  }
  if (where && !places.includes(where)) throw malformed('where', `${type} strikes ${places.join(' or ')} alone`)
  return where ?? places[0]
}

/** @throws Problem `fault.malformed` */
function assertMembers({ type, ...members }: ApiFaultEffect): void {
  const { needs = [], may = [] } = SHAPES[type]
  const missing = needs.find((name) => members[name] === undefined)
  if (missing) throw malformed(`effect.${missing}`, `${type} needs it`)
  const known: readonly string[] = [...needs, ...may]
  const foreign = Object.keys(members).find((name) => !known.includes(name))
  if (foreign) throw malformed(`effect.${foreign}`, `${type} has no such member`)
  const { errcode } = members
  if (errcode !== undefined && !ERRCODES.has(errcode)) {
    throw malformed('effect.errcode', `the catalogue has no errcode ${errcode}`)
  }
}

/**
 * When a rule ends, by the machine's clock.
 *
 * @throws Problem `fault.malformed`
 */
export function readEnd(endsAt: string | undefined, machineNow: number): Date {
  if (endsAt === undefined) return new Date(machineNow + FAULT_LASTS_S.default * 1000)
  const end = new Date(endsAt)
  if (end.getTime() <= machineNow) throw malformed('ends_at', 'it is not after now, by the machine’s clock')
  if (end.getTime() > machineNow + FAULT_LASTS_S.max * 1000) throw malformed('ends_at', 'at most seven days from now')
  return end
}
