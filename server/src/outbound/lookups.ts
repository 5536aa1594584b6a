import { isIP } from 'node:net'
import { FairSemaphore, TooManyWaiting } from '../fair-semaphore.ts'
import { Deadline } from './deadline.ts'
import { createNameResolver, type NameResolver, type NameResolverOptions } from './name-resolver.ts'
import { OutboundBusy, OutboundRefused } from './outbound-refused.ts'

/**
 * Lookups at once: more than deliveries, pictures and uploads under way. Each takes a UDP socket or two, and no thread.
 */
const LOOKUPS = { permits: 1024, perAccount: 8, waitingPerAccount: 256 }
/** The same where each takes one of the process's four threads, which files need as well. */
const LOOKUPS_IN_THREADS = { permits: 1, perAccount: 1, waitingPerAccount: 256 }
/**
 * How long a request waits for turns to look names up, for all addresses together that it is sent on to. A job's lease is
 * longer than that and the request itself. Unit: milliseconds.
 */
export const LOOKUP_WAIT_MS = 10_000

/** Every address of a host name. `signal` ends the asking. */
type Resolve = (hostname: string, signal: AbortSignal) => Promise<string[]>

export interface LookupOptions extends NameResolverOptions {
  /** Instead of hosts file and nameservers. */
  resolve?: Resolve
}

/** What a request may take, however many addresses it is sent on to. Only one of them goes by at a time. */
export interface RequestTimes {
  /** The receiver's. */
  limit: Deadline
  /** Ours, while the request waits for its turn. */
  patience: Deadline
}

interface Lookups {
  /** @param signal ends the request */
  patienceOf(signal: AbortSignal): Deadline

  /**
   * The addresses of a URL's host. `limit` is started when the asking begins: waiting for the account's turn takes none of
   * the receiver's time.
   *
   * @throws OutboundRefused `dns`; OutboundBusy; the reason of `limit` when that ended it
   */
  addressesOf(url: URL, accountId: number, times: RequestTimes): Promise<string[]>
}

export function createLookups(options: LookupOptions): Lookups {
  const names = options.resolve ? withoutMemory(options.resolve) : createNameResolver(options)
  const turns = new FairSemaphore(LOOKUPS)
  const turnsOfThreads = new FairSemaphore(LOOKUPS_IN_THREADS)

  /** What takes no place, as nobody is asked. */
  function known(hostname: string): string[] | undefined {
    const literal = hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(literal)) return [literal]
    try {
      return names.known(hostname)
    } catch (error) {
      throw noAddress(hostname, error)
    }
  }

  return {
    patienceOf: (signal) => {
      const waited = `no turn to look a host up came in ${LOOKUP_WAIT_MS / 1000} s`
      return new Deadline(LOOKUP_WAIT_MS, () => new OutboundBusy(waited), signal)
    },

    async addressesOf({ hostname }, accountId, { limit, patience }) {
      const before = known(hostname)
      if (before) {
        limit.start()
        return before
      }
      limit.pause()
      patience.start()
      const work = () => {
        patience.pause()
        limit.start()
        return names.resolve(hostname, limit.signal)
      }
      const found = (names.needsThread(hostname) ? turnsOfThreads : turns).run(accountId, work, patience.signal)
      // The race is needed: the system's own resolver cannot be interrupted.
      const addresses = await Promise.race([found, limit.aborted]).catch((error) => {
        throw toRefusal(error, hostname, limit.signal)
      })
      if (addresses.length === 0) throw noAddress(hostname)
      return addresses
    },
  }
}

function withoutMemory(resolve: Resolve): NameResolver {
  return { resolve, known: () => undefined, needsThread: () => false }
}

function toRefusal(error: unknown, hostname: string, { aborted }: AbortSignal): unknown {
  if (error instanceof TooManyWaiting) {
    return new OutboundBusy(`more than ${error.limit} requests wait for a host to be looked up`)
  }
  return aborted || error instanceof OutboundBusy ? error : noAddress(hostname, error)
}

function noAddress(hostname: string, cause?: unknown): OutboundRefused {
  return new OutboundRefused('dns', `${hostname} cannot be resolved to an address.`, { cause })
}
