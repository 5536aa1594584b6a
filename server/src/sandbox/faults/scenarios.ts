import type { Fault } from './fault.ts'

/** A fault with a name, to try what a client or a receiver makes of it. */
export interface Scenario extends Omit<Fault, 'scenario'> {
  name: string
  /** What happens, in a sentence. */
  happens: string
  /** What a good client or receiver does then, in a sentence. */
  handled: string
}

const TOKENS = ['/cgi-bin/token', '/cgi-bin/stable_token']

/** Each is one row; docs/sandbox-faults.md lists them. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'answer-lost',
    ...once({ type: 'cut' }, 'after_commit'),
    happens: 'What the call changes is made, and the connection breaks before the answer.',
    handled:
      'It asks what became of it before it sends the call again: an application that is there is not sent twice.',
  },
  {
    name: 'answer-broken-off',
    ...once({ type: 'cut', bytes: 20 }, 'after_commit'),
    happens: 'What the call changes is made, and the connection breaks in the middle of the answer.',
    handled: 'It takes part of an answer for no answer, and asks what became of the call.',
  },
  {
    name: 'answer-truncated',
    ...once({ type: 'truncate' }, 'after_commit'),
    happens: 'The answer arrives as half of its JSON, with a length that says so.',
    handled: 'It fails to read the answer as one that did not come, not as a refusal, and does not crash.',
  },
  {
    name: 'answer-late',
    ...once({ type: 'delay', ms: 10_000 }, 'after_commit'),
    happens: 'What the call changes is made, and the answer comes ten seconds later.',
    handled: 'It gives up at its own timeout, and then asks what became of the call.',
  },
  {
    name: 'answer-slow',
    ...once({ type: 'slow', bytes_per_second: 20 }, 'after_commit'),
    happens: 'The answer trickles in, twenty bytes a second.',
    handled: 'Its timeout is for the whole answer, not for the silence between two bytes.',
  },
  {
    name: 'busy',
    ...rule({ type: 'errcode', errcode: -1 }, 'before_checks', 3),
    happens: 'Three calls are refused with -1, system busy, before anything was looked at.',
    handled: 'It waits a moment, longer each time, and sends the call again.',
  },
  {
    name: 'busy-undone',
    ...once({ type: 'errcode', errcode: -1 }, 'before_commit'),
    happens: 'The call is checked and carried out, and all of it is undone: it is refused with -1.',
    handled: 'It sends the call again, and nothing is there twice.',
  },
  {
    name: 'busy-but-done',
    ...once({ type: 'errcode', errcode: -1 }, 'after_commit'),
    happens: 'What the call changes is made, and it is refused with -1 all the same.',
    handled: 'It takes -1 for "perhaps": it asks what became of the call before it sends it again.',
  },
  {
    name: 'bad-gateway',
    ...rule({ type: 'http_status', status: 502 }, 'before_checks', 3),
    happens: 'Three calls are answered HTTP 502 with a page of HTML, as by a proxy.',
    handled: 'It looks at the status before it reads JSON, waits, and sends the call again.',
  },
  {
    name: 'no-connection',
    ...rule({ type: 'cut' }, 'before_checks', 3),
    happens: 'Three connections are closed before anything was looked at.',
    handled: 'It sends the call again, as nothing has happened, but not for ever.',
  },
  {
    name: 'flaky',
    ...rule({ type: 'errcode', errcode: -1 }, 'before_checks', null),
    match: { share: 0.1 },
    happens: 'One call in ten is refused with -1.',
    handled: 'A long run of calls ends well, with some of them sent twice.',
  },
  {
    name: 'slow-network',
    ...rule({ type: 'delay', ms: 300, sigma: 0.8 }, 'before_checks', null),
    happens: 'Calls take 300 ms, half of them less, one in ten more than 800 ms.',
    handled: 'It makes calls side by side, and its timeouts allow for the slowest.',
  },
  {
    name: 'token-expired',
    ...once({ type: 'errcode', errcode: 42001 }, 'before_checks'),
    happens: 'A token is refused as expired, before its time.',
    handled: 'It gets one new token, also when many calls fail at once, and sends the call again.',
  },
  {
    name: 'token-replaced',
    ...once({ type: 'errcode', errcode: 40001 }, 'before_checks'),
    happens: 'A token is refused as not the latest, as if another process had fetched one.',
    handled: 'It reads the token that its processes share before it fetches another, and sends the call again.',
  },
  {
    name: 'no-tokens',
    ...rule({ type: 'errcode', errcode: -1 }, 'before_checks', 3),
    match: { paths: TOKENS },
    happens: 'Three times no token is given.',
    handled: 'It goes on with the token that it has while that is good, and asks again later.',
  },
  {
    name: 'quota-reached',
    ...rule({ type: 'errcode', errcode: 45009 }, 'before_checks', null),
    happens: 'Every call is refused, as the quota of the day is used up.',
    handled: 'It stops until the next day in UTC+8, and tells somebody; it does not try again at once.',
  },
  {
    name: 'too-fast',
    ...rule({ type: 'errcode', errcode: 45011 }, 'before_checks', 10),
    happens: 'Ten calls are refused as too many in a minute.',
    handled: 'It slows down and goes on in the next minute.',
  },
  {
    name: 'callback-twice',
    ...callback({ type: 'callback_duplicate' }),
    happens: 'The acknowledgement of a callback is lost, and the same message comes again at once.',
    handled: 'It knows the message by its sender and time, acknowledges it again and acts on it once.',
  },
  {
    name: 'callback-out-of-order',
    ...callback({ type: 'callback_reorder' }),
    happens: 'A callback is held back until a later one has gone, a minute at most.',
    handled: 'It goes by CreateTime and by what it asks, not by the order in which messages come.',
  },
  {
    name: 'callback-late',
    ...callback({ type: 'callback_delay', seconds: 3600 }),
    happens: 'A callback comes an hour late, by the account’s time.',
    handled: 'It also asks for the status now and then, and is not surprised by what it knows already.',
  },
  {
    name: 'callback-lost',
    ...callback({ type: 'callback_drop' }),
    happens: 'A try to deliver a callback is lost on its way; the next one comes five seconds later.',
    handled: 'It needs nothing but patience.',
  },
  {
    name: 'callback-forged',
    ...callback({ type: 'callback_wrong_signature' }),
    happens: 'A callback is signed with another token.',
    handled: 'It refuses the message, does not act on it, and takes the right one that comes after it.',
  },
  {
    name: 'callback-wrong-key',
    ...callback({ type: 'callback_wrong_key' }),
    happens: 'A callback is encrypted with a key that nobody has; its signatures are right.',
    handled: 'It answers an error instead of success, so that the message comes again.',
  },
  {
    name: 'callback-old-key',
    ...callback({ type: 'callback_old_key' }),
    happens: 'After the key was changed, a callback is still encrypted with the one before.',
    handled: 'It tries the key before the last change for a while, as the platform asks.',
  },
  {
    name: 'callback-stale',
    ...callback({ type: 'callback_stale_timestamp' }),
    happens: 'A callback is signed with a timestamp of an hour ago, as if somebody had recorded it.',
    handled: 'A receiver that looks at timestamps refuses it, and takes the right one that comes after it.',
  },
  {
    name: 'callback-truncated',
    ...callback({ type: 'callback_truncate' }),
    happens: 'Half of a callback’s body arrives.',
    handled: 'It answers an error instead of success, so that the message comes again.',
  },
]

export const findScenario = (name: string): Scenario | undefined => SCENARIOS.find((scenario) => scenario.name === name)

type Rule = Pick<Fault, 'match' | 'effect' | 'where' | 'times'>

function rule(effect: Fault['effect'], where: Fault['where'], times: number | null): Rule {
  return { match: {}, effect, where, times }
}

function once(effect: Fault['effect'], where: Fault['where']): Rule {
  return rule(effect, where, 1)
}

function callback(effect: Fault['effect']): Rule {
  return rule(effect, null, 1)
}
