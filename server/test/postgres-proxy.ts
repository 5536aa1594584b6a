import { once } from 'node:events'
import { type AddressInfo, createServer, connect as open, type Socket } from 'node:net'
import pg from 'pg'

/** A proxy to a PostgreSQL that a test controls. */
export interface PostgresProxy extends AsyncDisposable {
  /** The URL of the same database through the proxy. */
  databaseUrl: string
  /** How many silenced connections have received a query. */
  unansweredConnections: () => number
  /** Drop everything on the open connections without closing them. New ones work. */
  fallSilent(): void
}

/** @param change sees what a client sends, and may change it in place */
export async function startPostgresProxy(
  databaseUrl: string | undefined,
  change: (sent: Buffer, client: Socket) => void = () => {},
): Promise<PostgresProxy> {
  const { host, port, user, password, database } = new pg.Client({ connectionString: databaseUrl })
  const ways = new Set<{ client: Socket; isSilent: boolean }>()
  const unanswered = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = host.startsWith('/') ? open(`${host}/.s.PGSQL.${port}`) : open(port, host)
    const way = { client, isSilent: false }
    ways.add(way)
    client.on('data', (data) => {
      change(data, client)
      if (way.isSilent) unanswered.add(client)
      else server.write(data)
    })
    server.on('data', (data) => !way.isSilent && client.write(data))
    for (const socket of [client, server]) socket.on('error', () => {})
    client.on('close', () => {
      server.destroy()
      ways.delete(way)
    })
    server.on('close', () => !way.isSilent && client.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const given = [user, password ?? ''].map((text) => encodeURIComponent(text ?? '')).join(':')
  return {
    databaseUrl: `postgresql://${given}@127.0.0.1:${(proxy.address() as AddressInfo).port}/${database}`,
    unansweredConnections: () => unanswered.size,
    fallSilent() {
      for (const way of ways) way.isSilent = true
    },
    async [Symbol.asyncDispose]() {
      for (const { client } of ways) client.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
