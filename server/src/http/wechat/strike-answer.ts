import { Readable } from 'node:stream'
import type { ApiFaultEffect } from '@shenpi/sdk/contract/api'
import type { Call } from '@shenpi/sdk/contract/call'
import { DELAY_MAX_MS } from '@shenpi/sdk/contract/fault-limits'
import { PROBLEMS, type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { http } from '../../node-http.ts'
import { Problem } from '../../problem.ts'
import { cutAt } from '../../sandbox/faults/callback-fault.ts'

/** How often a slow answer sends a piece. Unit: milliseconds. */
const PIECE_MS = 100

/** The answer that a fault is about to spoil. */
interface Spoilt {
  call: Call
  request: FastifyRequest
  reply: FastifyReply
  /** What would have been answered; empty before there is an answer. */
  text: string
  /** Keep the request with what is sent. */
  keep: (sent: string) => void
  pause: (ms: number) => Promise<void>
}

/**
 * Answer a call as a fault says.
 *
 * @throws Problem what an `errcode` is the number of
 */
export function strikeAnswer(effect: ApiFaultEffect, spoilt: Spoilt): void {
  const { call, reply, text, keep } = spoilt
  switch (effect.type) {
    case 'errcode':
      throw new Problem(problemWith(effect.errcode, call))
    case 'http_status': {
      const html = toPage(effect.status ?? 500)
      keep(html)
      reply
        .code(effect.status ?? 500)
        .type('text/html')
        .send(html)
      return
    }
    case 'truncate': {
      const sent = cutAt(text, effect.bytes)
      keep(sent)
      reply.send(sent)
      return
    }
    case 'slow':
      keep(text)
      reply.header('content-length', Buffer.byteLength(text))
      reply.send(Readable.from(trickle(Buffer.from(text), effect.bytes_per_second ?? 1, spoilt.pause)))
      return
    default:
      cutOff(effect.bytes, spoilt)
  }
}

/** Close the connection: before the answer, or in the middle of it. */
function cutOff(bytes: number | undefined, { request, reply, text, keep }: Spoilt): void {
  const { socket } = request.raw
  const sent = bytes === undefined ? '' : cutAt(text, bytes)
  keep(sent)
  const type = String(reply.getHeader('content-type'))
  reply.hijack()
  if (bytes === undefined) {
    socket.destroy()
    return
  }
  reply.raw.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  reply.raw.flushHeaders()
  reply.raw.write(sent)
  socket.destroySoon()
}

async function* trickle(body: Buffer, bytesPerSecond: number, pause: (ms: number) => Promise<void>) {
  const lastsMs = Math.min((body.length / bytesPerSecond) * 1000, DELAY_MAX_MS)
  const pieces = Math.max(1, Math.min(body.length, Math.ceil(lastsMs / PIECE_MS)))
  for (let piece = 0; piece < pieces; piece += 1) {
    await pause(lastsMs / pieces)
    const [from, to] = [piece, piece + 1].map((nth) => Math.floor((nth * body.length) / pieces))
    yield body.subarray(from, to)
  }
}

const CODES = Object.keys(PROBLEMS).filter((code): code is ProblemCode => Object.hasOwn(PROBLEMS, code))

/** The refusal with a number: of several the one that the call itself can make. */
function problemWith(errcode: number | undefined, { problems }: Call): ProblemCode {
  const found = [...problems, ...CODES].find((code) => problemRow(code).errcode === errcode)
  if (!found) throw new Error(`the catalogue has no errcode ${errcode}`)
  return found
}

/** As a proxy says that it got no answer. */
function toPage(status: number): string {
  const title = `${status} ${http.STATUS_CODES[status] ?? ''}`.trim()
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`
}
