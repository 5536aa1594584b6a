import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Listener, listen } from './listener.ts'

export type Misbehave = (request: IncomingMessage, response: ServerResponse, count: number) => void

export interface MisbehavingPlatform extends Listener {
  url: string
  /** The calls and their tokens: `/shop/cat/get token1`. */
  calls: string[]
  /** How many tokens it has handed out. */
  tokens: () => number
}

/**
 * A platform that hands out token1, token2, … and lets a test answer every other call.
 *
 * @param misbehave gets the number of calls so far, this one included
 */
export async function startMisbehavingPlatform(misbehave: Misbehave): Promise<MisbehavingPlatform> {
  const calls: string[] = []
  let tokens = 0
  const listener = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://platform')
    request.resume()
    if (pathname === '/cgi-bin/stable_token') {
      response.end(JSON.stringify({ access_token: `token${++tokens}`, expires_in: 7200 }))
      return
    }
    calls.push(`${pathname} ${searchParams.get('access_token')}`)
    misbehave(request, response, calls.length)
  })
  return { ...listener, url: `http://127.0.0.1:${listener.port}`, calls, tokens: () => tokens }
}

export const refuseWith =
  (errcode: number): Misbehave =>
  (_request, response) =>
    response.end(JSON.stringify({ errcode, errmsg: 'system error rid: 617682e0-09059ac5-34a8e2ea' }))
