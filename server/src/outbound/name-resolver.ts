import { lookup } from 'node:dns/promises'
import { codeOf } from '../thrown.ts'
import { elapsed } from '../time/elapsed.ts'
import { askNameservers, NoAddress } from './ask-nameservers.ts'
import { Deadline } from './deadline.ts'
import { watchFile } from './system-file.ts'
import {
  HOSTS_FILE,
  isLocalhost,
  isOfNeighbour,
  namesToAsk,
  parseHosts,
  parseResolverSettings,
  RESOLVER_FILE,
} from './system-names.ts'

/** How long a name may be looked for: less than any receiver has to answer. Unit: milliseconds. */
const LOOKUP_MAX_MS = 4000
/**
 * How long an answer serves the requests that follow. Short enough that nobody notices a moved name, and that each retry
 * of a delivery asks anew; long enough that what waits for the same dead nameserver does not wait one after another.
 */
const FOUND_FOR_MS = 1000
const MISSING_FOR_MS = 3000
/** Names that are remembered at once, the oldest first forgotten. */
const REMEMBERED_MAX = 1000

/** No such name, or nobody who tells of it: the next of the names may be found. */
const NOT_FOUND = new Set(['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'EREFUSED', 'EBADNAME'])

export interface NameResolver {
  /**
   * What is known of a name without asking anybody: by the hosts file, or from the last time.
   *
   * @throws NoAddress when what is known is that it has none
   */
  known(hostname: string): string[] | undefined
  /**
   * Every address of a host name: of the hosts file, or of the nameservers.
   *
   * @param signal ends the asking
   * @throws NoAddress, or the reason of `signal`
   */
  resolve(hostname: string, signal: AbortSignal): Promise<string[]>
  /** Whether the system itself must be asked, which takes a thread that cannot be given back before it has an answer. */
  needsThread(hostname: string): boolean
}

export interface NameResolverOptions {
  /** `address` or `address:port`. Default: the system's. */
  nameservers?: readonly string[]
  hostsFile?: string
  resolverFile?: string
}

type Remembered = { until: number } & ({ addresses: string[] } | { missing: NoAddress })

export function createNameResolver(options: NameResolverOptions = {}): NameResolver {
  const hosts = watchFile(options.hostsFile ?? HOSTS_FILE, parseHosts)
  const settings = watchFile(options.resolverFile ?? RESOLVER_FILE, parseResolverSettings)
  const remembered = new Map<string, Remembered>()

  function fromFiles(hostname: string): string[] | undefined {
    const name = hostname.replace(/\.$/, '')
    return hosts().get(name) ?? (isLocalhost(name) ? ['127.0.0.1', '::1'] : undefined)
  }

  function remember(hostname: string, forMs: number, what: { addresses: string[] } | { missing: NoAddress }): void {
    remembered.delete(hostname)
    remembered.set(hostname, { ...what, until: elapsed() + forMs })
    const [oldest] = remembered.keys()
    if (oldest !== undefined && remembered.size > REMEMBERED_MAX) remembered.delete(oldest)
  }

  function needsThread(hostname: string): boolean {
    if (fromFiles(hostname)) return false
    // Windows keeps its nameservers elsewhere, and c-ares finds them.
    const hasNameserver = options.nameservers || process.platform === 'win32' || settings().hasNameserver
    return !hasNameserver || isOfNeighbour(hostname)
  }

  function known(hostname: string): string[] | undefined {
    const inFiles = fromFiles(hostname)
    if (inFiles) return inFiles
    const before = remembered.get(hostname)
    if (!before || before.until <= elapsed()) return undefined
    if ('missing' in before) throw before.missing
    return before.addresses
  }

  async function ask(hostname: string, signal: AbortSignal): Promise<string[]> {
    if (needsThread(hostname)) return await askSystem(hostname)
    let missing = new NoAddress(hostname, 'ENOTFOUND')
    for (const name of namesToAsk(hostname, settings())) {
      try {
        return await askNameservers(name, options.nameservers, signal)
      } catch (error) {
        if (!(error instanceof NoAddress) || !NOT_FOUND.has(error.code)) throw error
        missing = error
      }
    }
    throw missing
  }

  return {
    known,
    needsThread,

    async resolve(hostname, signal) {
      const addresses = known(hostname)
      if (addresses) return addresses
      using limit = new Deadline(LOOKUP_MAX_MS, () => new NoAddress(hostname, 'ETIMEOUT'), signal)
      limit.start()
      try {
        const addresses = await ask(hostname, limit.signal)
        remember(hostname, FOUND_FOR_MS, { addresses })
        return addresses
      } catch (error) {
        // An aborted lookup says nothing about the name.
        if (error instanceof NoAddress) remember(hostname, MISSING_FOR_MS, { missing: error })
        throw error
      }
    },
  }
}

async function askSystem(hostname: string): Promise<string[]> {
  try {
    const found = await lookup(hostname, { all: true })
    return found.map(({ address }) => address)
  } catch (error) {
    throw new NoAddress(hostname, String(codeOf(error)))
  }
}
