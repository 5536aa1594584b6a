import { createPrivateKey, generateKeyPair, X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ipaddr from 'ipaddr.js'
import forge from 'node-forge'
import { writeDurably } from '../data-dir/durable-file.ts'
import { drawSecret } from '../entropy/draw-secret.ts'
import { DAY_MS } from '../time/china-time.ts'

/** The hosts that SDKs of the platform call, and those of the server on its own machine. */
export const CERTIFIED_HOSTS = ['api.weixin.qq.com', 'mp.weixin.qq.com', 'localhost', '127.0.0.1', '::1'] as const

const AUTHORITY_DAYS = 3650
/** Some systems take no certificate that is good for longer. */
const CERTIFICATE_DAYS = 397
/** A certificate that ends sooner is renewed. */
const RENEWAL_DAYS = 30
/** Clocks of clients may be slow. */
const BACKDATED_MS = DAY_MS

interface Certificates {
  /** The CA that clients are to trust. */
  ca: string
  /** For TLS_CERT and TLS_KEY. */
  cert: string
  key: string
  hosts: string[]
  endsAt: Date
  /** The files that existed and were kept. */
  kept: { authority: boolean; certificate: boolean }
}

/** A certificate and its key, in PEM. */
interface Pair {
  cert: string
  key: string
}

/**
 * Make a CA for this machine and a certificate for the hosts, or keep the existing ones: the CA while it is valid, the
 * certificate until its last month or until a host is missing. It keeps the hosts of earlier runs.
 *
 * @throws Error when a host is neither a name nor an address.
 */
export async function ensureCertificates(folder: string, hosts: readonly string[], now: Date): Promise<Certificates> {
  const paths = { ca: join(folder, 'ca.pem'), caKey: join(folder, 'ca.key') }
  const leafPaths = { cert: join(folder, 'server.pem'), key: join(folder, 'server.key') }
  mkdirSync(folder, { recursive: true, mode: 0o700 })

  const oldAuthority = readPair(paths.ca, paths.caKey, now)
  const authority = oldAuthority ?? (await makeAuthority(now))
  if (!oldAuthority) await writePair(authority, paths.ca, paths.caKey)

  const oldLeaf = readPair(leafPaths.cert, leafPaths.key, now)
  const issuer = new X509Certificate(authority.cert)
  const isOurs = oldLeaf !== undefined && new X509Certificate(oldLeaf.cert).verify(issuer.publicKey)
  const known = oldLeaf ? hostsOf(oldLeaf.cert) : []
  const wanted = [...new Set([...CERTIFIED_HOSTS, ...known, ...hosts.map(parseHost)])]
  const leaf = isOurs && wanted.length === known.length ? oldLeaf : await makeCertificate(authority, wanted, now)
  if (leaf !== oldLeaf) await writePair(leaf, leafPaths.cert, leafPaths.key)

  return {
    ca: paths.ca,
    ...leafPaths,
    hosts: wanted,
    endsAt: new Date(new X509Certificate(leaf.cert).validTo),
    kept: { authority: authority === oldAuthority, certificate: leaf === oldLeaf },
  }
}

function parseHost(host: string): string {
  if (isIP(host)) return ipaddr.parse(host).toString()
  if (/^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*$/i.test(host)) {
    return host.toLowerCase()
  }
  throw new Error(`"${host}" is neither the name nor the address of a host`)
}

function hostsOf(cert: string): string[] {
  const names = new X509Certificate(cert).subjectAltName?.split(', ') ?? []
  return names.map((name) => parseHost(name.slice(name.indexOf(':') + 1)))
}

/** The existing pair, or undefined when it is incomplete, does not match, or is about to end. */
function readPair(certPath: string, keyPath: string, now: Date): Pair | undefined {
  try {
    const pair = { cert: readFileSync(certPath, 'utf8'), key: readFileSync(keyPath, 'utf8') }
    const certificate = new X509Certificate(pair.cert)
    const left = Date.parse(certificate.validTo) - now.getTime()
    return certificate.checkPrivateKey(createPrivateKey(pair.key)) && left > RENEWAL_DAYS * DAY_MS ? pair : undefined
  } catch {
    return undefined
  }
}

/** Each file is whole whenever it is looked at. A key and a certificate that do not fit are made anew the next time. */
async function writePair({ cert, key }: Pair, certPath: string, keyPath: string): Promise<void> {
  await writeDurably(keyPath, key)
  await writeDurably(certPath, cert, 0o644)
}

async function makeAuthority(now: Date): Promise<Pair> {
  const subject = [{ name: 'commonName', value: `Shenpi sandbox CA of ${hostname().slice(0, 40)}` }]
  const { certificate, key } = await draft(subject, AUTHORITY_DAYS, now)
  certificate.setIssuer(subject)
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    { name: 'subjectKeyIdentifier' },
  ])
  return sign(certificate, key, key)
}

async function makeCertificate(authority: Pair, hosts: readonly string[], now: Date): Promise<Pair> {
  const issuer = forge.pki.certificateFromPem(authority.cert)
  const { certificate, key } = await draft([{ name: 'commonName', value: hosts[0] }], CERTIFICATE_DAYS, now)
  certificate.setIssuer(issuer.subject.attributes)
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: hosts.map((host) => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host })),
    },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
  ])
  return sign(certificate, key, authority.key)
}

/** A certificate that lacks its issuer, its extensions and its signature. RSA, because every client in use knows it. */
async function draft(
  subject: forge.pki.CertificateField[],
  days: number,
  now: Date,
): Promise<{ certificate: forge.pki.Certificate; key: string }> {
  const { publicKey, privateKey: key } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey)
  // Positive, and no leading zero.
  certificate.serialNumber = `1${drawSecret(16).toString('hex').slice(1)}`
  certificate.validity.notBefore = new Date(now.getTime() - BACKDATED_MS)
  certificate.validity.notAfter = new Date(now.getTime() + days * DAY_MS)
  certificate.setSubject(subject)
  return { certificate, key }
}

function sign(certificate: forge.pki.Certificate, key: string, signingKey: string): Pair {
  certificate.sign(forge.pki.privateKeyFromPem(signingKey), forge.md.sha256.create())
  return { cert: forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n'), key }
}
