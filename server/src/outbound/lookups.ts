import { isIP } from 'node:net'
import { FairSemaphore, TooManyWaiting } from '../fair-semaphore.ts'
import { Deadline } from './deadline.ts'
import { createNameResolver, type NameResolver, type NameResolverOptions } from './name-resolver.ts'
import { OutboundBusy, OutboundRefused } from './outbound-refused.ts'

/**
 * Names that are being looked for at once: more than deliveries, pictures and uploads under way. Each takes a UDP socket or
 * two, and no thread.
 */
const LOOKUPS = { permits: 1024, perAccount: 8, waitingPerAccount: 256 }
/** The same where each takes one of the process's four threads, which files need as well. */
const LOOKUPS_IN_THREADS = { permits: 1, perAccount: 1, waitingPerAccount: 256 }
/** How long a request waits for its turn. With the request itself it stays within a job's lease. Unit: milliseconds. */
const TURN_WITHIN_MS = 10_000

/** Every address of a host name. `signal` ends the asking. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<string[]>

export interface LookupOptions extends NameResolverOptions {
  /** Instead of hosts file and nameservers. */
  resolve?: Resolve
}

export interface Lookups {
  /**
   * The addresses of a URL's host. `limit` is started when the asking begins: waiting for the account's turn takes none of
   * the receiver's time.
   *
   * @throws OutboundRefused `dns`; OutboundBusy; the reason of `limit` when that ended it
   */
  addressesOf(url: URL, accountId: number, limit: Deadline): Promise<string[]>
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
    async addressesOf({ hostname }, accountId, limit) {
      const before = known(hostname)
      if (before) {
        limit.start()
        return before
      }
      limit.pause()
      const busy = () => new OutboundBusy(`account ${accountId} looks for too many names at once`)
      using patience = new Deadline(TURN_WITHIN_MS, busy, limit.signal)
      patience.start()
      const work = () => {
        limit.start()
        return names.resolve(hostname, limit.signal)
      }
      const found = (names.needsThread(hostname) ? turnsOfThreads : turns).run(accountId, work, patience.signal)
      // The race is needed: the system's own resolver cannot be interrupted.
      const addresses = await Promise.race([found, limit.aborted]).catch((error) => {
        throw error instanceof TooManyWaiting ? busy() : toRefusal(error, hostname, limit.signal)
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
  return aborted || error instanceof OutboundBusy ? error : noAddress(hostname, error)
}

function noAddress(hostname: string, cause?: unknown): OutboundRefused {
  return new OutboundRefused('dns', `${hostname} cannot be resolved to an address.`, { cause })
}
