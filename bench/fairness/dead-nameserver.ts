import { createSocket } from 'node:dgram'
import dns from 'node:dns'
import { once } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'

/** Names the nameserver in the environment of a server that is to ask it and no other. */
const VARIABLE = 'BENCH_NAMESERVER'

/** A nameserver that takes every question and answers none. */
export async function startDeadNameserver(): Promise<AsyncDisposable & { env: Record<string, string> }> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    env: { [VARIABLE]: `127.0.0.1:${socket.address().port}`, NODE_OPTIONS: `--import=${import.meta.url}` },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((closed) => socket.close(closed))
    },
  }
}

// Loaded into the server's process before anything else, by NODE_OPTIONS.
const nameserver = process.env[VARIABLE]
if (nameserver) {
  const servers = [nameserver]
  const { Resolver } = dns.promises
  dns.promises.Resolver = class extends Resolver {
    constructor(...options: ConstructorParameters<typeof Resolver>) {
      super(...options)
      this.setServers(servers)
    }
  }
  syncBuiltinESMExports()
}
