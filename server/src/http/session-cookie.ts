import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import type { Services } from '../services.ts'

/** A browser takes a cookie of this name by HTTPS alone, for this host alone. */
const SECURE_NAME = '__Host-shenpi'
/** On the machine itself, where there is no HTTPS. */
const LOCAL_NAME = 'shenpi'

/** How long a sign-in by the provider may take. Unit: milliseconds. */
const OIDC_MS = 5 * 60_000

const LOCAL_HOSTS = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|::1)$/

/** Whether the browser calls its own machine, by the name that it uses: browsers trust that without HTTPS. */
export const isLocalHost = ({ hostname }: FastifyRequest): boolean => LOCAL_HOSTS.test(hostname)

/** The address by which the browser knows the server: that of PUBLIC_URL, or the one that it called. */
export function originOf({ config }: Pick<Services, 'config'>, request: FastifyRequest): URL {
  if (config.publicUrl && !isLocalHost(request)) return new URL(config.publicUrl)
  const url = URL.parse(`${request.protocol}://${request.host}`)
  if (!url) throw new Problem('request.malformed', 'Host')
  return url
}

/** The token of the session that a request's cookie tells. */
export const sessionTokenOf = (request: FastifyRequest): string | undefined => cookieOf(request, '')

/** What a sign-in by the provider must know when the browser comes back. */
export const oidcOf = (request: FastifyRequest): string | undefined => cookieOf(request, '-oidc')

/**
 * Give the browser a session's token. Without HTTPS a browser keeps it only for its own machine.
 *
 * @param lastsMs 0 takes it away
 */
export const giveSession = (reply: FastifyReply, token: string, lastsMs: number): void =>
  setCookie(reply, '', token, lastsMs)

export const keepOidc = (reply: FastifyReply, challenge: string): void => setCookie(reply, '-oidc', challenge, OIDC_MS)

/** @throws Problem `sign_in.insecure` where no browser would keep the cookie */
export function refuseInsecure(request: FastifyRequest): void {
  if (request.protocol !== 'https' && !isLocalHost(request)) throw new Problem('sign_in.insecure')
}

const nameOf = ({ protocol }: FastifyRequest, suffix: string) =>
  `${protocol === 'https' ? SECURE_NAME : LOCAL_NAME}${suffix}`

function cookieOf(request: FastifyRequest, suffix: string): string | undefined {
  const begin = `${nameOf(request, suffix)}=`
  const pair = request.headers.cookie?.split(/; */).find((one) => one.startsWith(begin))
  return pair?.slice(begin.length) || undefined
}

function setCookie(reply: FastifyReply, suffix: string, value: string, lastsMs: number): void {
  const { request } = reply
  const secure = request.protocol === 'https' ? '; Secure' : ''
  const lasts = `Max-Age=${Math.floor(lastsMs / 1000)}`
  reply.header('set-cookie', `${nameOf(request, suffix)}=${value}; Path=/; HttpOnly; SameSite=Lax; ${lasts}${secure}`)
}

/**
 * Refuse a change that a page of another site sends: a browser would send its cookie along.
 *
 * @param isProven whether the request has to prove where it comes from; else it is refused only where it says otherwise
 * @throws Problem `request.cross_site`
 */
export function refuseCrossSite(
  services: Pick<Services, 'config'>,
  request: FastifyRequest,
  { isProven }: { isProven: boolean },
): void {
  const { 'sec-fetch-site': site, origin } = request.headers
  if (site !== undefined) {
    if (site !== 'same-origin') throw new Problem('request.cross_site')
    return
  }
  // Browsers that do not say it, and those that reach the server without HTTPS.
  const isOwn = origin === `${request.protocol}://${request.host}` || origin === originOf(services, request).origin
  if (origin === undefined ? isProven : !isOwn) throw new Problem('request.cross_site')
}
