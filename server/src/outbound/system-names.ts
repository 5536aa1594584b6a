import { isIP } from 'node:net'

/** The addresses of each name, in lower case. Source: hosts(5). */
type Hosts = ReadonlyMap<string, string[]>

export const HOSTS_FILE = process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts'
export const RESOLVER_FILE = '/etc/resolv.conf'

/** What resolv.conf(5) says besides which nameservers there are. */
interface ResolverSettings {
  /** Whether it names a nameserver. */
  hasNameserver: boolean
  /** Domains in which a short name is looked for. */
  search: string[]
  /** A name with fewer dots is looked for in these domains first. */
  ndots: number
}

/** Domains that are looked through, as many as Kubernetes allows; each costs a question. */
const SEARCH_MAX = 32
const NDOTS_MAX = 15

export function parseHosts(text: string): Hosts {
  const hosts = new Map<string, string[]>()
  for (const [address = '', ...names] of words(text)) {
    // A zone, as in fe80::1%lo0, is one machine's matter, and never a public address.
    if (isIP(address) === 0 || address.includes('%')) continue
    for (const name of names.map((each) => each.toLowerCase())) {
      hosts.set(name, [...(hosts.get(name) ?? []), address])
    }
  }
  return hosts
}

export function parseResolverSettings(text: string): ResolverSettings {
  const settings: ResolverSettings = { hasNameserver: false, search: [], ndots: 1 }
  for (const [keyword, ...values] of words(text)) {
    if (keyword === 'nameserver' && values.length > 0) settings.hasNameserver = true
    if (keyword === 'search' || keyword === 'domain') settings.search = values.slice(0, SEARCH_MAX)
    const ndots = keyword === 'options' && values.findLast((value) => /^ndots:\d+$/.test(value))
    if (ndots) settings.ndots = Math.min(Number(ndots.slice('ndots:'.length)), NDOTS_MAX)
  }
  return { ...settings, search: settings.search.map((domain) => domain.replace(/^\.+|\.+$/g, '')).filter(Boolean) }
}

function words(text: string): string[][] {
  return text
    .split('\n')
    .map((line) => line.replace(/[#;].*/s, '').trim())
    .filter(Boolean)
    .map((line) => line.split(/\s+/))
}

/**
 * The names to ask for, in the order in which the system's own resolver would: containers reach their neighbours by short
 * names. A dot at the end says that the name is whole.
 */
export function namesToAsk(hostname: string, { search, ndots }: ResolverSettings): string[] {
  if (hostname.endsWith('.')) return [hostname.slice(0, -1)]
  const inDomains = search.map((domain) => `${hostname}.${domain}`)
  const isLong = hostname.split('.').length > ndots
  return isLong ? [hostname, ...inDomains] : [...inDomains, hostname]
}

/** Loopback by every system's rules, whatever a nameserver would say. Source: RFC 6761, section 6.3. */
export function isLocalhost(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost')
}

/** Names that are asked of the neighbours, by what the system has for that, and not of a nameserver. Source: RFC 6762. */
export function isOfNeighbour(hostname: string): boolean {
  return /^[^.]+\.local$/.test(hostname)
}
