import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { type AddressRange, isIn } from '../outbound/address.ts'
import { Problem } from '../problem.ts'

/** Where an account's calls may come from; empty: from anywhere. */
export interface IpList {
  /** As they were set. */
  entries: readonly string[]
  ranges: readonly AddressRange[]
}

/**
 * Read a list of addresses and ranges in CIDR notation.
 *
 * @throws Problem `request.malformed` that names the first entry which is neither.
 */
export function parseIpList(entries: readonly string[]): IpList {
  return { entries, ranges: entries.map(parseEntry) }
}

function parseEntry(entry: string): AddressRange {
  const [address = '', bits, ...rest] = entry.split('/')
  if (isIP(address) !== 0 && rest.length === 0) {
    if (bits === undefined) {
      const ip = ipaddr.process(address)
      return [ip, ip.kind() === 'ipv4' ? 32 : 128]
    }
    if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry)
  }
  throw new Problem('request.malformed', `"${entry}" is neither an address nor a range such as 203.0.113.0/24.`)
}

/**
 * Refuse a request whose address is not on the list. An IPv4 address in IPv6 form counts as IPv4.
 * Source: docs/protocol/platform.md, IP list.
 *
 * @throws Problem `ip.not_allowed`, with the address in the wire's text.
 */
export function requireListed({ ranges }: IpList, { ip: address }: { ip: string }): void {
  if (ranges.length === 0) return
  const ip = isIP(address) === 0 ? undefined : ipaddr.process(address)
  if (ip && isIn(ip, ranges)) return
  throw new Problem('ip.not_allowed', ip?.toString(), `invalid ip ${toWords(ip)}, not in whitelist`)
}

function toWords(ip: ipaddr.IPv4 | ipaddr.IPv6 | undefined): string {
  const text = ip?.toString() ?? 'unknown'
  return `${text} ipv6 ${ip?.kind() === 'ipv4' ? `::ffff:${text}` : text}`
}
