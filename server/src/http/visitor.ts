import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import { networkOf, siteOf } from '../accounts/network.ts'
import { excerptOf } from '../excerpt.ts'
import type { Visitor } from '../staff/sessions/session.ts'
import { isLocalHost, sessionTokenOf } from './session-cookie.ts'

/** What is kept of how a browser calls itself. Unit: characters. */
const USER_AGENT_MAX = 200

/** From where somebody signs in; behind a proxy of TRUST_PROXY, from where that was called. */
export function visitorOf(request: FastifyRequest): Visitor {
  const address = request.ip ?? ''
  return {
    address,
    network: networkOf(address),
    site: siteOf(address),
    userAgent: excerptOf(request.headers['user-agent'] ?? '', USER_AGENT_MAX),
    token: sessionTokenOf(request),
  }
}

/**
 * Whether the browser runs on this machine. Where a proxy stands in between, trusted or not, it shows in the name that the
 * browser uses or in what the proxy adds: what a stranger's proxy forwards must not count as the machine itself.
 */
export function isFromThisMachine(request: FastifyRequest): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in request.headers)
  return isLoopback(request.ip) && isLocalHost(request) && !isForwarded
}

const isLoopback = (address: string) => ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
