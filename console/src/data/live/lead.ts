import { bareClient } from '../client.ts'
import { isSessionEnd } from '../session.ts'
import { EventStream } from './event-stream.ts'
import { type LiveMessage, openChannel } from './message.ts'

/** So many are watched at most, as the contract says, and so many characters their ids may have together. */
const WATCHED_MAX = 100
const IDS_MAX_LENGTH = 2400
/** How long tabs scroll on before the stream follows. Unit: milliseconds. */
const SETTLED_MS = 300
/** How long it rests after the server refused it for another reason than the session. Unit: milliseconds. */
const REST_MS = 10_000
/** A tab holds a lock of this name, so that the one that leads knows who is gone without a word. */
export const TAB_LOCK = 'shenpi.live.tab.'

interface Watcher {
  ids: readonly string[]
  isSeen: boolean
}

/** Lead: keep the one stream for all tabs, and tell them what it tells. @returns how to end that */
export function lead(): () => void {
  const watchers = new Map<string, Watcher>()
  let watched: readonly string[] | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let rests = false
  const channel = openChannel(hear)
  const stream = new EventStream({
    told: (event) => channel.send({ type: 'event', event }),
    opened: () => channel.send({ type: 'connection', connection: 'live' }),
    lost: () => channel.send({ type: 'connection', connection: 'lost' }),
    refused: () => void findOutWhy(),
  })
  channel.send({ type: 'led' })

  function hear(message: LiveMessage): void {
    if (message.type === 'watches') watchers.set(message.tab, message)
    else if (message.type === 'left') watchers.delete(message.tab)
    else if (message.type === 'signed_in') goOn()
    else return
    clearTimeout(timer)
    timer = setTimeout(() => void follow(), SETTLED_MS)
  }

  /** Watch what the tabs watch; no stream where nobody wants one. */
  async function follow(): Promise<void> {
    await forgetTheGone(watchers)
    if (watchers.size === 0) {
      stream.close()
      watched = undefined
      return
    }
    const wanted = unionOf([...watchers.values()])
    if (rests || (watched && wanted.every((id) => watched?.includes(id)))) return
    watched = wanted
    stream.open(wanted)
  }

  function goOn(): void {
    rests = false
    watched = undefined
  }

  async function findOutWhy(): Promise<void> {
    channel.send({ type: 'connection', connection: 'lost' })
    rests = true
    const error: unknown = await bareClient.getOwnAccount().catch((thrown: unknown) => thrown)
    if (isSessionEnd(error)) return channel.send({ type: 'session_ended' })
    timer = setTimeout(() => {
      goOn()
      void follow()
    }, REST_MS)
  }

  return () => {
    clearTimeout(timer)
    stream.close()
    channel.close()
  }
}

/** What tabs in sight watch comes first. */
function unionOf(watchers: readonly Watcher[]): string[] {
  const all = watchers.toSorted((a, b) => Number(b.isSeen) - Number(a.isSeen)).flatMap(({ ids }) => ids)
  let length = 0
  return [...new Set(all)].slice(0, WATCHED_MAX).filter((id) => {
    length += id.length + 1
    return length <= IDS_MAX_LENGTH
  })
}

async function forgetTheGone(watchers: Map<string, Watcher>): Promise<void> {
  const { held = [] } = await navigator.locks.query()
  const names = new Set(held.map(({ name }) => name))
  for (const tab of watchers.keys()) if (!names.has(TAB_LOCK + tab)) watchers.delete(tab)
}
