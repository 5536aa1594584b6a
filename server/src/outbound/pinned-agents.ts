import type { Agent } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'
import { http } from '../node-http.ts'

/** How many origins keep idle connections open; beyond it the one used longest ago loses its own. */
const MAX_AGENTS = 64

/** How long a connection may be idle before it is closed: less than most servers wait. */
const IDLE_MS = 4000

/** How long one of several addresses may take to connect before the next is tried. Node's 250 ms loses far ones. */
const NEXT_ADDRESS_AFTER_MS = 1000

interface PinnedAgents {
  /**
   * Connections to `origin` at one of `addresses`, whatever the name resolves to by now. A kept connection is used again
   * only for the same origin with the same addresses.
   */
  get(origin: string, addresses: readonly string[]): Agent
  /** Cuts off what is still in flight. */
  close(): void
}

export function createPinnedAgents(): PinnedAgents {
  const agents = new Map<string, Agent>()
  /** Those that have lost their place, and may still have requests in flight. */
  const dropped = new Set<Agent>()

  return {
    get(origin, addresses) {
      const key = [origin, ...addresses.toSorted()].join(' ')
      const agent = agents.get(key) ?? openAgent(origin, addresses)
      agents.delete(key)
      agents.set(key, agent)
      dropOldest()
      return agent
    },

    close() {
      for (const agent of [...agents.values(), ...dropped]) agent.destroy()
      agents.clear()
      dropped.clear()
    },
  }

  /** The oldest entry of a map that is refilled on every use is the one used longest ago. */
  function dropOldest(): void {
    const [oldest] = agents
    if (!oldest || agents.size <= MAX_AGENTS) return
    const [key, agent] = oldest
    agents.delete(key)
    for (const former of dropped) if (Object.keys(former.sockets).length === 0) dropped.delete(former)
    dropped.add(agent)
    // Whatever is in flight ends, and is not kept then.
    agent.maxFreeSockets = 0
    for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy()
  }
}

/** @param keepAlive whether its connections are kept when they are idle */
export function openAgent(origin: string, addresses: readonly string[], keepAlive = true): Agent {
  const options = {
    keepAlive,
    timeout: IDLE_MS,
    lookup: answerWith(addresses),
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
  }
  return origin.startsWith('https:') ? new TlsAgent(options) : new http.Agent(options)
}

function answerWith(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  return (_hostname, { all }, callback) => {
    if (all) callback(null, answers)
    else callback(null, answers[0]?.address ?? '', answers[0]?.family)
  }
}
