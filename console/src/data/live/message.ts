import type { ApplicationEvents } from '@shenpi/sdk/contract/api'

/** An event of the server's stream. */
export type LiveEvent = {
  [Name in keyof ApplicationEvents]: { name: Name; data: ApplicationEvents[Name] }
}[keyof ApplicationEvents]

export type Connection = 'connecting' | 'live' | 'lost'

/** What the tabs of one browser tell each other. One of them leads: it has the stream. */
export type LiveMessage =
  /** By the one that leads since now: who watches what? */
  | { type: 'led' }
  /** By every tab that wants to be told: what it watches, and whether it is in sight. */
  | { type: 'watches'; tab: string; ids: readonly string[]; isSeen: boolean }
  | { type: 'left'; tab: string }
  /** By the one that leads. */
  | { type: 'event'; event: LiveEvent }
  | { type: 'connection'; connection: Connection }
  /** So long was nobody listening that something may have come unseen. */
  | { type: 'missed' }
  | { type: 'session_ended' }
  /** By any tab. */
  | { type: 'signed_in' }

const CHANNEL = 'shenpi.live'

export interface Channel {
  send(message: LiveMessage): void
  close(): void
}

/** Every message that is sent through another channel, of this tab too. */
export function openChannel(hear: (message: LiveMessage) => void): Channel {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }: MessageEvent<LiveMessage>) => hear(data)
  return { send: (message) => channel.postMessage(message), close: () => channel.close() }
}
