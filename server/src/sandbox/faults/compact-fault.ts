import type { ApiFaultEffect } from '@shenpi/sdk/contract/api'
import { FAULT_PLACES, type FaultPlace } from '@shenpi/sdk/contract/states'
import { problemOf } from '../../problem.ts'
import type { Fault } from './fault.ts'
import { readFault } from './read-fault.ts'
import { findScenario } from './scenarios.ts'

// The words of a fault in the header of one request: the name of a scenario, or an effect with its number, and where it
// strikes: errcode=-1, status=502, delay=3000, cut, cut=20, truncate, truncate=20, slow=10; ;where=after_commit behind it.

/** What each word is short for, and which member its number is. */
const WORDS: Readonly<Record<string, { type: ApiFaultEffect['type']; member: keyof ApiFaultEffect }>> = {
  errcode: { type: 'errcode', member: 'errcode' },
  status: { type: 'http_status', member: 'status' },
  delay: { type: 'delay', member: 'ms' },
  cut: { type: 'cut', member: 'bytes' },
  truncate: { type: 'truncate', member: 'bytes' },
  slow: { type: 'slow', member: 'bytes_per_second' },
}

/** The largest numbers; errcodes are looked up. */
const LARGEST: Partial<Record<keyof ApiFaultEffect, readonly [number, number]>> = {
  status: [400, 599],
  ms: [1, 60_000],
  bytes: [0, 1_000_000],
  bytes_per_second: [1, 1_000_000],
}

/**
 * The fault that a request asks for.
 *
 * @throws Problem `fault.malformed`, with the words that cannot be read
 */
export function readCompactFault(text: string): Fault {
  const [first = '', ...options] = text.split(';').map((part) => part.trim())
  const refuse = (why: string) => problemOf('fault.malformed', `${text.slice(0, 100)}: ${why}.`)
  const where = placeIn(options, refuse)
  const [word = '', number] = first.split('=')
  const short = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined
  if (!short) {
    if (!findScenario(first)) throw refuse('it is neither an effect nor a scenario')
    const fault = readFault({ scenario: first, ...(where && { where }) })
    if (fault.where === null) throw refuse('a request is no callback: set a rule')
    // Of what else a scenario matches nothing counts here: it is this request.
    return { ...fault, match: {} }
  }
  const effect: ApiFaultEffect = { type: short.type }
  if (number === undefined) return readFault({ effect, ...(where && { where }) })
  const value = /^-?\d{1,7}$/.test(number) ? Number(number) : Number.NaN
  const [least, most] = LARGEST[short.member] ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
  if (!(value >= least && value <= most))
    throw refuse(`${word} is a whole number${most < 1e9 ? ` from ${least} to ${most}` : ''}`)
  return readFault({ effect: { ...effect, [short.member]: value }, ...(where && { where }) })
}

function placeIn(options: readonly string[], refuse: (why: string) => Error): FaultPlace | undefined {
  if (options.length === 0) return undefined
  const place = FAULT_PLACES.find((name) => options.length === 1 && options[0] === `where=${name}`)
  if (!place) throw refuse(`behind the effect stands where=${FAULT_PLACES.join(', ')} and nothing else`)
  return place
}
