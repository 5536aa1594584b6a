import { createServer } from 'node:http'
import { connect } from 'node:net'
import { type Listener, listenWith } from '../listener.ts'

export interface Tunnel extends Listener {
  /** For `HTTPS_PROXY`. */
  url: string
  /** Whom its clients meant to reach, with the port. */
  hosts: string[]
}

/** An HTTP proxy whose every tunnel ends at one port of this machine, whatever host was meant. */
export async function startTunnel(port: number): Promise<Tunnel> {
  const hosts: string[] = []
  const proxy = createServer()
  proxy.on('connect', (request, client) => {
    hosts.push(request.url ?? '')
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      client.pipe(server).pipe(client)
    })
    server.on('error', () => client.destroy())
    client.on('error', () => server.destroy())
    client.on('close', () => server.destroy())
  })
  const listener = await listenWith(proxy)
  return { ...listener, url: `http://127.0.0.1:${listener.port}`, hosts }
}
