import { useEffect, useSyncExternalStore } from 'react'
import { queryClient } from '../client.ts'
import { awaitSignIn, isSignInAwaited, listenToSession } from '../session.ts'
import { signedInElsewhere } from '../sign-in.ts'
import { lead, TAB_LOCK } from './lead.ts'
import { noteMissed } from './list-changes.ts'
import { type Channel, type Connection, type LiveMessage, openChannel } from './message.ts'
import { takeEvent } from './take-event.ts'

const LEADER_LOCK = 'shenpi.live'
/** A tab that is out of sight for so long wants to be told no more. Unit: milliseconds. */
const UNSEEN_MS = 5 * 60_000

const tab = crypto.randomUUID()
const watched = new Map<symbol, readonly string[]>()
const listeners = new Set<() => void>()
let connection: Connection = 'connecting'
let channel: Channel | undefined
let wantsNothing = false

/** How the connection to the server's events stands. */
export const useConnection = (): Connection => useSyncExternalStore(listen, () => connection)

/** Be told of changes of these applications for as long as they are shown. */
export function useWatched(ids: readonly string[]): void {
  const key = ids.join(',')
  useEffect(() => {
    const name = Symbol(key)
    watched.set(name, key === '' ? [] : key.split(','))
    tell()
    return () => {
      watched.delete(name)
      tell()
    }
  }, [key])
}

/**
 * Be told of changes for as long as somebody is signed in: one tab of the browser has the stream and tells the others, and
 * when it is closed another takes over.
 *
 * @returns how to end that
 */
export function startLive(): () => void {
  // Without a secure origin there are no locks; staff sign in without one on the machine itself alone, which counts as one.
  if (!navigator.locks) return () => undefined
  const ended = new AbortController()
  const { signal } = ended
  channel = openChannel(hear)
  void hold(TAB_LOCK + tab, signal, tell)
  void hold(LEADER_LOCK, signal, lead)
  document.addEventListener('visibilitychange', followSight, { signal })
  addEventListener('pagehide', leave, { signal })
  const forgetSession = tellOfSignIn()
  return () => {
    leave()
    ended.abort()
    forgetSession()
    channel?.close()
    channel = undefined
  }
}

/** Do something once a lock is had, which is kept until the signal. */
async function hold(name: string, signal: AbortSignal, begin: () => (() => void) | undefined): Promise<void> {
  const work = async () => {
    const end = begin()
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    end?.()
  }
  await navigator.locks.request(name, { signal }, work).catch(() => undefined)
}

function hear(message: LiveMessage): void {
  if (message.type === 'led') tell()
  else if (message.type === 'event') takeEvent(message.event)
  else if (message.type === 'connection') take(message.connection)
  else if (message.type === 'session_ended') void awaitSignIn()
  else if (message.type === 'signed_in' && isSignInAwaited()) void signedInElsewhere()
}

let lostAt = 0
/** The server tells somebody who comes again what came in about so long. Unit: milliseconds. */
const AWAY_MS = 8_000

function take(changed: Connection): void {
  if (changed === 'lost' && connection !== 'lost') lostAt = performance.now()
  if (changed === 'live' && connection === 'lost' && performance.now() - lostAt > AWAY_MS) miss()
  connection = changed
  for (const listener of listeners) listener()
}

/** Something may have come unseen. */
function miss(): void {
  noteMissed()
  void queryClient.invalidateQueries({ queryKey: ['application'] })
}

function tell(): undefined {
  const isSeen = document.visibilityState === 'visible'
  const ids = [...new Set([...watched.values()].flat())]
  if (!wantsNothing) channel?.send({ type: 'watches', tab, ids, isSeen })
}

function leave(): void {
  channel?.send({ type: 'left', tab })
}

let unseen: ReturnType<typeof setTimeout> | undefined

function followSight(): void {
  clearTimeout(unseen)
  if (document.visibilityState === 'hidden') {
    unseen = setTimeout(() => {
      wantsNothing = true
      leave()
    }, UNSEEN_MS)
  } else if (wantsNothing) {
    wantsNothing = false
    miss()
  }
  tell()
}

/** Whoever signs in again here has signed in in the other tabs too. */
function tellOfSignIn(): () => void {
  let wasAwaited = isSignInAwaited()
  return listenToSession(() => {
    if (wasAwaited && !isSignInAwaited()) channel?.send({ type: 'signed_in' })
    wasAwaited = isSignInAwaited()
  })
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
