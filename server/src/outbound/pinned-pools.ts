import type { LookupFunction } from 'node:net'
import type { Dispatcher, Pool } from 'undici'

/** How many origins keep idle connections open; beyond it the one used longest ago loses its own. */
const MAX_POOLS = 64

/** How long one of several addresses may take to connect before the next is tried. Node's 250 ms loses far ones. */
const NEXT_ADDRESS_AFTER_MS = 1000

type PoolRequest = Omit<Dispatcher.RequestOptions, 'origin'>

export interface PinnedPools {
  /**
   * Send a request to `origin` over a connection to one of `addresses`, whatever the name resolves to by now.
   * A kept connection is used again only for the same origin with the same addresses.
   */
  request(origin: string, addresses: readonly string[], options: PoolRequest): Promise<Dispatcher.ResponseData>
  /** Cuts off what is still in flight. */
  close(): Promise<void>
}

export function createPinnedPools(): PinnedPools {
  const pools = new Map<string, Pool>()

  return {
    async request(origin, addresses, options) {
      // Loaded with the first request, because it takes about 100 ms and a start should not wait for it.
      const undici = await import('undici')
      const key = [origin, ...addresses.toSorted()].join(' ')
      const pool = pools.get(key) ?? openPool(undici.Pool, origin, addresses)
      pools.delete(key)
      pools.set(key, pool)
      // From here to the request nothing may wait, or the pool could be dropped before it has work to finish.
      dropOldest(pools)
      return pool.request(options)
    },

    async close() {
      const closing = [...pools.values()]
      pools.clear()
      await Promise.all(closing.map((pool) => pool.destroy()))
    },
  }
}

function openPool(PoolClass: typeof Pool, origin: string, addresses: readonly string[]): Pool {
  // HTTP/1.1 carries one request at a time, so cutting off a connection ends no other request.
  const connect = { lookup: answerWith(addresses), autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS }
  return new PoolClass(origin, { connect, allowH2: false })
}

function answerWith(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  return (_hostname, { all }, callback) => {
    if (all) callback(null, answers)
    else callback(null, answers[0]?.address ?? '', answers[0]?.family)
  }
}

/** The oldest entry of a map that is refilled on every use is the one used longest ago. */
function dropOldest(pools: Map<string, Pool>): void {
  const [oldest] = pools
  if (!oldest || pools.size <= MAX_POOLS) return
  pools.delete(oldest[0])
  void oldest[1].close()
}
