import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerVerification, type PushedMessage, type PushQuery, PushRefused, readPush } from '@shenpi/sdk/callbacks'

const TOKEN = 'ReceiverToken'
/** How far a timestamp may be from now. Unit: seconds. */
const REPLAY_WINDOW_S = 600

/** What came, and what the receiver made of it. */
export interface Arrived {
  status: number
  message: PushedMessage | undefined
  /** Which of its keys opened it: 0 is the newest. */
  key: number | undefined
}

export interface CarefulReceiver extends AsyncDisposable {
  url: string
  token: string
  /** The newest first: it tries the one before as well. */
  keys: string[]
  arrived: Arrived[]
  /** The messages that it acted on: each once. */
  actedOn: PushedMessage[]
}

/** A merchant's server as a good one is written: by the SDK, with a replay window, with the key before the last change, acting once. */
export async function startCarefulReceiver(appid: string, nowS: () => number): Promise<CarefulReceiver> {
  const receiver: CarefulReceiver = {
    url: '',
    token: TOKEN,
    keys: ['abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'],
    arrived: [],
    actedOn: [],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }

  function read(query: PushQuery, body: string): Arrived {
    if (Math.abs(Number(query.timestamp) - nowS()) > REPLAY_WINDOW_S) throw new PushRefused('It is too old.')
    let refused: unknown
    for (const [key, encodingAesKey] of receiver.keys.entries()) {
      try {
        return { status: 200, message: readPush({ query, body, token: TOKEN, encodingAesKey, appid }), key }
      } catch (error) {
        refused = error
      }
    }
    throw refused
  }

  function take(query: PushQuery, body: string): number {
    try {
      const arrived = read(query, body)
      receiver.arrived.push(arrived)
      const { message } = arrived
      const isNew = !receiver.actedOn.some(
        (known) => known.FromUserName === message?.FromUserName && known.CreateTime === message.CreateTime,
      )
      if (message && isNew) receiver.actedOn.push(message)
      return 200
    } catch (error) {
      if (!(error instanceof PushRefused)) throw error
      receiver.arrived.push({ status: 403, message: undefined, key: undefined })
      return 403
    }
  }

  const server = createServer(async (request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '/', 'http://receiver').searchParams)
    if (request.method === 'GET') response.end(answerVerification(TOKEN, query))
    else response.writeHead(take(query, await readBody(request))).end('success')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
  return receiver
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
