import ipaddr from 'ipaddr.js'

/** The network that an address is of, as far as its owner may choose: for IPv6 a single host has 2⁶⁴ addresses. */
export function networkOf(address: string): string {
  return prefixOf(address, 4)
}

/** The site that an address is of: whoever asks a provider of IPv6 for a line gets up to 2¹⁶ networks. Source: RFC 6177. */
export function siteOf(address: string): string {
  return prefixOf(address, 3)
}

/** @param groups of 16 bits of an IPv6 address */
function prefixOf(address: string, groups: number): string {
  if (!ipaddr.isValid(address)) return address
  const ip = ipaddr.process(address)
  return ip instanceof ipaddr.IPv6 ? ip.parts.slice(0, groups).join(':') : ip.toString()
}
