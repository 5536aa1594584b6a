import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Ip = ipaddr.IPv4 | ipaddr.IPv6

/** An address and the length of its prefix in bits. */
export type AddressRange = [Ip, number]

/** @throws Error naming the first entry that is not in CIDR notation. */
export function parseRanges(cidrs: readonly string[]): AddressRange[] {
  return cidrs.map((cidr) => {
    if (!ipaddr.isValidCIDR(cidr)) throw new Error(`"${cidr}" is not an address range such as 10.0.0.0/8.`)
    return ipaddr.parseCIDR(cidr)
  })
}

/**
 * Whether a request may go to this address: a public one, or one in `allow`.
 *
 * An IPv6 address that carries an IPv4 address is as acceptable as what it carries. Only canonical spellings
 * are acceptable, so that whoever connects cannot read another address into the text.
 *
 * @example
 * isAcceptable('93.184.215.14', []) // true
 * isAcceptable('::ffff:127.0.0.1', []) // false
 * isAcceptable('::ffff:127.0.0.1', parseRanges(['127.0.0.0/8'])) // true
 */
export function isAcceptable(address: string, allow: readonly AddressRange[]): boolean {
  if (isIP(address) === 0) return false
  const ip = ipaddr.parse(address)
  return isIn(ip, allow) || destinationsOf(ip).every((end) => isPublic(end) || isIn(end, allow))
}

/** The IPv6 blocks outside of which IANA has assigned nothing public. Source: RFC 4291, section 2.4. */
const GLOBAL_UNICAST_V6 = parseRanges(['2000::/3'])

/**
 * Looks public, but is the host of a virtual machine in Azure.
 * Source: learn.microsoft.com, "What is IP address 168.63.129.16?".
 */
const AZURE_HOST = parseRanges(['168.63.129.16/32'])

function isPublic(ip: Ip): boolean {
  if (ip.range() !== 'unicast') return false
  return ip.kind() === 'ipv6' ? isIn(ip, GLOBAL_UNICAST_V6) : !isIn(ip, AZURE_HOST)
}

/**
 * Where IPv6 addresses carry IPv4 addresses; the bytes are those of the whole address.
 * Local-use NAT64 (64:ff9b:1::/48) is missing: only its operator knows where the IPv4 address stands.
 */
const CARRIERS: { range: AddressRange[]; carried: (bytes: number[]) => number[][] }[] = [
  // IPv4-mapped: RFC 4291, section 2.5.5.2
  { range: parseRanges(['::ffff:0:0/96']), carried: (bytes) => [bytes.slice(12)] },
  // NAT64: RFC 6052, section 2.1
  { range: parseRanges(['64:ff9b::/96']), carried: (bytes) => [bytes.slice(12)] },
  // 6to4: RFC 3056, section 2
  { range: parseRanges(['2002::/16']), carried: (bytes) => [bytes.slice(2, 6)] },
  // Teredo, the server and the inverted client: RFC 4380, section 4
  {
    range: parseRanges(['2001::/32']),
    carried: (bytes) => [bytes.slice(4, 8), bytes.slice(12).map((byte) => byte ^ 0xff)],
  },
]

function destinationsOf(ip: Ip): Ip[] {
  const carrier = CARRIERS.find(({ range }) => isIn(ip, range))
  return carrier ? carrier.carried(ip.toByteArray()).map((octets) => new ipaddr.IPv4(octets)) : [ip]
}

export function isIn(ip: Ip, ranges: readonly AddressRange[]): boolean {
  return ranges.some(([base, bits]) => base.kind() === ip.kind() && ip.match(base, bits))
}
