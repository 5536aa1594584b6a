import { OUTCOME_MAX } from '@shenpi/sdk/contract/api/sandbox-outcomes'
import { whyNoReason } from '../../applications/application.ts'
import { type Problem, problemOf } from '../../problem.ts'
import type { Outcome, OutcomeTime } from './outcome.ts'

// The words of an outcome, in a text of the merchant's or in the header: [approve], [reject:REASON], [hold], each with
// ;after=2d (s, m, h, d), ;after=3wd (working days) or ;polls=3 before the bracket closes.

/** What begins like the words of an outcome; whatever else stands in brackets is the merchant's own. */
const WORDS = /\[(approve|reject|hold)(?![a-z])([^\]]*)(\])?/u
const AFTER = /^(\d{1,6})(s|m|h|d|wd)$/
const POLLS = /^\d{1,4}$/
const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const
const MOVES = { approve: 'approve', reject: 'reject', hold: 'leave' } as const

/**
 * The outcome that a text asks for; undefined: none.
 *
 * @throws Problem `outcome.malformed`, with the words that cannot be read
 */
export function readOutcome(text: string): Outcome | undefined {
  const [words, name, rest = '', close] = WORDS.exec(text) ?? []
  if (words === undefined) return undefined
  const refuse = (why: string) => malformedOutcome(words, why)
  if (!close) throw refuse('the bracket is not closed.')
  const move = MOVES[name as keyof typeof MOVES]
  const [first = '', ...options] = rest.split(';')
  // [approve:after=2d] is short for [approve;after=2d].
  const isShort = move !== 'reject' && first.startsWith(':')
  const reason = move === 'reject' ? first.replace(/^:/, '').trim() : ''
  if (move === 'reject' && !reason) throw refuse('a rejection has a reason: [reject:REASON].')
  const noReason = move === 'reject' ? whyNoReason({ move, reason }) : undefined
  if (noReason) throw refuse(noReason.message)
  if (move !== 'reject' && first && !isShort) throw refuse(`${first} stands behind ${name}.`)
  const given = isShort ? [first.slice(1), ...options] : options
  if (given.length > 1) throw refuse('one of after and polls.')
  const when = given[0] === undefined ? { type: 'at_once' as const } : readTime(given[0].trim())
  if (!when) throw refuse(`${given[0]} is neither after=2d (s, m, h, d, wd) nor polls=3.`)
  if (move === 'leave' && given.length > 0) throw refuse('what is held has no time.')
  return { move, reason, fields: [], when }
}

/** The refusal of words, shortened and on one line, as an errmsg is. */
export function malformedOutcome(words: string, why: string): Problem {
  const shown = `${words.slice(0, 100)}: ${why.slice(0, 200)}`.replace(/[\s\0]+/g, ' ')
  return problemOf('outcome.malformed', shown)
}

function readTime(text: string): OutcomeTime | undefined {
  const [name, value = ''] = text.split('=')
  if (name === 'polls' && POLLS.test(value)) return within({ type: 'polls', polls: Number(value) })
  const [, count, unit] = (name === 'after' && AFTER.exec(value)) || []
  if (count === undefined) return undefined
  if (unit === 'wd') return within({ type: 'working_days', days: Number(count) })
  return within({ type: 'after', seconds: Number(count) * SECONDS[unit as keyof typeof SECONDS] })
}

function within(when: OutcomeTime): OutcomeTime | undefined {
  if (when.type === 'polls') return when.polls <= OUTCOME_MAX.polls ? when : undefined
  if (when.type === 'working_days') return when.days >= 1 && when.days <= OUTCOME_MAX.days ? when : undefined
  return when.type === 'at_once' || when.seconds <= OUTCOME_MAX.seconds ? when : undefined
}
