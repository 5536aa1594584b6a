import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import type { Config } from './config.ts'

/** How a request says that it reached the server: by the connection, or by what a proxy of TRUST_PROXY says. */
export interface Reached {
  protocol: string
  host: string
}

/** A name or an address, and a port: nothing that would lead elsewhere with a path appended. */
const HOST = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i

/** Whether a server that listens there is reached by every address of its machine. */
export const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::'

/**
 * What links begin with: PUBLIC_URL, or the address that the server listens on. Where that is every address, it is the host
 * that the caller used. Anybody may send any Host: production accepts names and addresses of the machine itself, the
 * sandbox accepts all.
 *
 * @param own the address by which the server reaches itself
 */
export function publicUrlOf({ publicUrl, mode, host }: Config, own: string, reached?: Reached): string {
  if (publicUrl) return publicUrl
  if (!isWildcard(host) || !reached || !HOST.test(reached.host)) return own
  const url = URL.parse(`${reached.protocol}://${reached.host}`)
  if (!url || (mode === 'production' && !isOwn(url.hostname))) return own
  return url.origin
}

/** The same in words, for whoever starts the server. */
export function linksBeginWith(config: Config, own: string): string {
  const isCallers = !config.publicUrl && isWildcard(config.host)
  return isCallers ? `the host that the caller used, or ${own}` : publicUrlOf(config, own)
}

function isOwn(name: string): boolean {
  const address = name.replace(/^\[|\]$/g, '')
  if (isIP(address) === 0) return name === 'localhost' || name === hostname().toLowerCase()
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some((one) => one.address === address))
}
