import type { ClientRequest, IncomingMessage, RequestOptions, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { UPLOAD_MAX_BYTES } from '../http/body-limits.ts'
import { http } from '../node-http.ts'
import { codeOf, messageOf } from '../thrown.ts'
import { BodyTap, TapBudget } from './body-tap.ts'
import type { Passed } from './to-exchange.ts'

const https = process.getBuiltinModule('node:https')

/** How long the upstream may say nothing. Unit: milliseconds. */
const SILENCE_MS = 60_000
/** How long exchanges that are under way may take when it stops. Unit: milliseconds. */
const STOP_MS = 5000
/** The most exchanges at a time; further ones wait for a connection. */
const SOCKETS_MAX = 64

/** What concerns one connection and not the other. Source: RFC 9110, section 7.6.1. */
const OF_A_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export interface RecordProxy {
  url: string
  /** Takes no new requests, and lets those under way come to their end. */
  stop(): Promise<void>
}

/**
 * Pass every request on to the upstream and its answer back, both as they come.
 *
 * @param tell gets each exchange when it is over, whatever became of it
 * @param fail is told when that was of no avail: the next calls are passed on all the same
 */
export async function startRecordProxy(
  { upstream, port, now }: { upstream: URL; port: number; now: () => Date },
  tell: (passed: Passed) => Promise<void>,
  fail: (error: unknown) => void,
): Promise<RecordProxy> {
  const by = upstream.protocol === 'https:' ? https : http
  const agent = new by.Agent({ keepAlive: true, maxSockets: SOCKETS_MAX })
  const budget = new TapBudget()
  const underWay = new Set<Promise<void>>()
  const asking = new Set<ClientRequest>()

  const server = http.createServer((request, response) => {
    const done = passOn(request, response)
      .catch(fail)
      .finally(() => underWay.delete(done))
    underWay.add(done)
  })

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = new BodyTap(budget, UPLOAD_MAX_BYTES)
    const received = new BodyTap(budget, UPLOAD_MAX_BYTES)
    const passed: Passed = { request, sent, received, at: now(), answer: undefined, failure: undefined }
    try {
      const outgoing = by.request(upstream, toOptions(request, upstream, agent))
      outgoing.setTimeout(SILENCE_MS, () => outgoing.destroy(new Error(`no answer within ${SILENCE_MS / 1000} s`)))
      await exchange(request, response, outgoing, passed)
    } catch (error) {
      passed.failure ??= codeOf(error) ?? messageOf(error)
      refuse(response, passed.failure)
    }
    try {
      await tell(passed)
    } finally {
      sent.release()
      received.release()
    }
  }

  async function exchange(
    request: IncomingMessage,
    response: ServerResponse,
    outgoing: ClientRequest,
    passed: Passed,
  ): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    outgoing.once('response', resolve).once('error', reject)
    asking.add(outgoing)
    outgoing.once('close', () => asking.delete(outgoing))
    response.once('close', () => {
      if (response.writableFinished) return
      // An answer that broke off closes it, too.
      if (!passed.answer?.errored) passed.failure ??= 'the client went away'
      outgoing.destroy()
    })
    // An upstream may answer before it has read the whole body.
    const sending = pipeline(request, passed.sent, outgoing)
    sending.catch(reject)
    const incoming = await promise
    passed.answer = incoming
    response.writeHead(incoming.statusCode ?? 502, withoutConnection(incoming.headers))
    await pipeline(incoming, passed.received, response)
  }

  await listen(server, port)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close()
      server.closeIdleConnections()
      const timer = setTimeout(() => {
        for (const outgoing of asking) outgoing.destroy(new Error('the recording ended'))
      }, STOP_MS)
      await Promise.allSettled([...underWay])
      clearTimeout(timer)
      server.closeAllConnections()
      agent.destroy()
    },
  }
}

async function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', (error) => reject(new Error(`port ${port} of 127.0.0.1 cannot be had: ${messageOf(error)}`)))
  server.listen(port, '127.0.0.1', resolve)
  await promise
}

function toOptions({ method, url, headers }: IncomingMessage, upstream: URL, agent: object): RequestOptions {
  return {
    agent: agent as RequestOptions['agent'],
    method,
    path: upstream.pathname.replace(/\/$/, '') + (url ?? '/'),
    // What is compressed cannot be recorded.
    headers: { ...withoutConnection(headers), host: upstream.host, 'accept-encoding': 'identity' },
  }
}

const withoutConnection = (headers: IncomingMessage['headers']): IncomingMessage['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_A_CONNECTION.has(name) && name !== 'expect'))

/** Say that it was not the upstream that answered; where its answer had begun, break off as it did. */
function refuse(response: ServerResponse, failure: string): void {
  if (response.headersSent) response.destroy()
  else {
    response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    response.end(`shenpi record: no answer of the upstream (${failure})\n`)
  }
}
