import { readFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { join } from 'node:path'
import tls from 'node:tls'
import { ensureCertificates } from '../../src/sandbox/certificates.ts'
import type { DatabaseKind } from '../databases.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { NOON } from '../test-clock.ts'

/** A sandbox that clients reach like the platform: over TLS, and by its name where they insist on it. */
export interface Platform extends AsyncDisposable {
  server: TestServer
  /** Host and port of the server's URL. */
  host: string
  /** Path of the CA's certificate. */
  ca: string
  /** Connects every name to this server, as a line in /etc/hosts would; the handshake keeps the name. */
  agent: Agent
}

/**
 * Serve with a certificate of `shenpi certs`, and let this process trust its CA as NODE_EXTRA_CA_CERTS would.
 * Source: docs/tls.md.
 */
export async function startPlatform(kind: DatabaseKind): Promise<Platform> {
  const place = await kind.place()
  const { ca, cert, key } = await ensureCertificates(join(place.dataDir, 'certs'), [], NOON)
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), await readFile(ca, 'utf8')])
  const server = await startTestServer(kind, { place, env: { TLS_CERT: cert, TLS_KEY: key } })
  const { host, hostname, port } = new URL(server.url)
  const agent = new Agent({ keepAlive: true, host: hostname, port: Number(port) })
  return {
    server,
    host,
    ca,
    agent,
    async [Symbol.asyncDispose]() {
      agent.destroy()
      await server[Symbol.asyncDispose]()
    },
  }
}
