import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Server as NetServer, Socket } from 'node:net'

export interface Listener extends AsyncDisposable {
  port: number
  /** Every connection ever accepted, oldest first. */
  connections: Socket[]
}

/** A real HTTP server on a free port of every local address. */
export function listen(onRequest: RequestListener): Promise<Listener> {
  return listenWith(createServer(onRequest))
}

/** The same for a server of another kind. */
export async function listenWith(server: Server | NetServer): Promise<Listener> {
  const connections: Socket[] = []
  server.on('connection', (socket: Socket) => connections.push(socket))
  server.listen(0)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    async [Symbol.asyncDispose]() {
      for (const socket of connections) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
