import { type Outbound, OutboundRefused, type OutboundRequest } from 'shenpi/src/outbound/outbound.ts'
import type { ReceiverAnswer } from './receiver-answer.ts'
import { SAMPLE_PICTURE } from './sample-picture.ts'

/** Who is asked in process, by the host of a URL. */
export type HostTable = Map<string, (request: OutboundRequest) => ReceiverAnswer | Promise<ReceiverAnswer>>

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * The only way out of a sandbox: receivers in process and servers of this machine are asked, and no other. A picture behind
 * any other link is a sample, so that a link of an example needs no network.
 */
export function wayOut(hosts: HostTable, outbound: Outbound): Outbound {
  return {
    async send(request) {
      const url = new URL(request.url)
      if (LOOPBACK.test(url.hostname)) return await outbound.send(request)
      const { status, headers, body } = answerOf(
        url,
        await inTime(request, hosts.get(url.hostname)?.(request)),
        hosts,
        request,
      )
      return { status, headers, body, durationMs: 0 }
    },
    cutOff: (accountId) => outbound.cutOff(accountId),
    close: () => outbound.close(),
  }
}

/** What comes too late is no answer. */
async function inTime<T>({ timeoutMs }: OutboundRequest, answer: T | Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), timeoutMs)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

function answerOf({ hostname }: URL, answer: ReceiverAnswer, hosts: HostTable, { method }: OutboundRequest) {
  if (answer)
    return { status: answer.status, headers: { 'content-type': 'text/plain' }, body: Buffer.from(answer.body) }
  if (hosts.has(hostname)) throw new OutboundRefused('timeout', `${hostname} did not answer.`)
  if (method === 'POST') throw new OutboundRefused('connect', `${hostname} is not reached from a test: use 127.0.0.1.`)
  return { status: 200, headers: { 'content-type': 'image/jpeg' }, body: SAMPLE_PICTURE }
}
