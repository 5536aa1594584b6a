import { readFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { join } from 'node:path'
import tls from 'node:tls'
import { ensureCertificates } from '../../src/sandbox/certificates.ts'
import type { DatabaseKind } from '../databases.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { NOON } from '../test-clock.ts'

/** A sandbox that clients reach as they reach the platform: over TLS, under its name where they insist on it. */
export interface Platform extends AsyncDisposable {
  server: TestServer
  /** What stands behind `https://` in the server's URL. */
  host: string
  /** Path of the CA's certificate. */
  ca: string
  /** Leads whatever it is asked to connect to here, as a line in /etc/hosts would; the name stays in the handshake. */
  agent: Agent
}

/**
 * Serve with the certificate that `shenpi certs` makes, and have this process trust its CA as NODE_EXTRA_CA_CERTS would.
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
