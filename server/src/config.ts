import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { DEVICE_CEILING_MAX } from '@shenpi/sdk/contract/device-ceiling'
import { POLICY_SETTINGS, ROLES, type Role } from '@shenpi/sdk/contract/states'
import { misspelt } from './misspelt.ts'
import type { GivenPolicy } from './policy/live-policy.ts'
import { POLICY_NAMES, type PolicyName } from './policy/policy.ts'
import type { DefaultRates } from './quotas/call-rates.ts'
import type { OidcConfig } from './sign-in/oidc-config.ts'

type Mode = 'sandbox' | 'production'
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

export interface Config {
  mode: Mode
  host: string
  /** 0 picks a free one. */
  port: number
  /** Where the server's health and metrics are told, and nowhere else; absent: on the port above. */
  admin: { host: string; port: number } | undefined
  dataDir: string
  /** Where pictures lie, for servers that share it; absent: in the data directory. */
  picturesDir: string | undefined
  /** PostgreSQL; absent: SQLite in the data directory. */
  databaseUrl: string | undefined
  /** How the world reaches the server; absent: the address that it listens on. */
  publicUrl: string | undefined
  tls: { cert: string; key: string } | undefined
  logLevel: (typeof LOG_LEVELS)[number]
  /** The first values of the policy, and which of them staff cannot change. */
  policy: GivenPolicy
  /** Ranges in CIDR notation that callbacks and picture links may reach besides public addresses. */
  outboundAllow: readonly string[]
  /** Ranges in CIDR notation whose proxies are trusted when X-Forwarded-For says who called. */
  trustProxy: readonly string[]
  /** Whether the wire is refused to who comes by plain HTTP. */
  requireHttps: boolean
  /** How often an account may make one call that has no limits of its own. */
  rates: DefaultRates
  /** `all`: the sandbox's accounts have Shake Nearby open from the start. */
  sandboxApprove: 'all' | undefined
  /** How long a session of the staff lasts without use, at the most, and at the most by the provider. Unit: milliseconds. */
  sessions: { idleMs: number; absoluteMs: number; byProviderMs: number }
  /** The provider that staff sign in by. */
  oidc: OidcConfig | undefined
  /** `demo`: a demo reviewer signs in by one click, on the machine itself. */
  sandboxStaff: 'demo' | undefined
  /** What accounts of a sandbox are given by chance follows from it. Undefined: nobody can foretell it. */
  sandboxSeed: string | undefined
  /** A seed file: what a sandbox holds from its start, beside its own account. */
  sandboxSeedFile: string | undefined
  /** Whether licence numbers are read from pictures, and where what does so was installed: absent, beside our own packages. */
  ocr: { packages: string | undefined } | undefined
  /** Whether npm runs it, which passes signals to a shell of its own. */
  startedByNpm: boolean
}

/** What is wrong with the environment, everything at once. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(`The environment is not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/**
 * Production's limits of one account and call: they stop a runaway loop before it fills the disk, not a busy merchant. The
 * sandbox has none.
 */
const GENEROUS: DefaultRates = { daily: 100_000_000, minute: 1_000_000, shopSecond: 20_000 }
const NO_LIMIT: DefaultRates = { daily: 0, minute: 0, shopSecond: 0 }

const LOOPBACK = ['127.0.0.0/8', '::1/128']

/**
 * Read the configuration. Nobody else looks at the environment. An empty value counts as absent.
 *
 * @throws ConfigError that names every value that does not parse.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = []
  const known = new Set<string>()
  const text = (name: string) => {
    known.add(name)
    return env[name] || undefined
  }

  function choice<const T extends string>(name: string, choices: readonly T[], absent: T): T
  function choice<const T extends string>(name: string, choices: readonly T[]): T | undefined
  function choice(name: string, choices: readonly string[], absent?: string): string | undefined {
    const value = text(name)
    if (value === undefined || choices.includes(value)) return value ?? absent
    faults.push(`${name}: one of ${choices.join(', ')}, not "${value}"`)
    return absent
  }

  function whole(name: string, absent: number, least: number, most: number): number {
    const value = text(name)
    if (value === undefined) return absent
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= least && number <= most) return number
    faults.push(`${name}: a whole number from ${least} to ${most}, not "${value}"`)
    return absent
  }

  function url(name: string, protocols: readonly string[]): string | undefined {
    const value = text(name)
    if (value === undefined || protocols.some((protocol) => value.startsWith(`${protocol}//`))) return value
    // Not shown: it may hold a password.
    faults.push(`${name}: a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`)
    return undefined
  }

  function ranges(name: string): string[] {
    const values = (text(name)?.split(',') ?? []).map((range) => range.trim())
    for (const range of values) {
      if (!isRange(range)) faults.push(`${name}: ranges like 10.0.0.0/8, parted by commas, not "${range}"`)
    }
    return values
  }

  function oidc(): OidcConfig | undefined {
    const issuer = url('OIDC_ISSUER', ['https:', 'http:'])
    const clientId = text('OIDC_CLIENT_ID')
    const groups = text('OIDC_ROLES')
    const given = {
      clientSecret: text('OIDC_CLIENT_SECRET'),
      groupsClaim: text('OIDC_GROUPS_CLAIM') ?? 'groups',
      nameClaim: text('OIDC_NAME_CLAIM') ?? 'preferred_username',
      label: text('OIDC_LABEL') ?? 'OpenID Connect',
      roles: parseGroups(groups ?? '', (fault) => faults.push(`OIDC_ROLES: ${fault}`)),
    }
    if (!issuer && !clientId && !groups) return undefined
    if (issuer?.startsWith('http:') && !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(issuer)) {
      faults.push('OIDC_ISSUER: http: only on the machine itself')
    }
    if (issuer && clientId && groups) return { issuer, clientId, ...given }
    faults.push('OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_ROLES: all or none')
    return undefined
  }

  function pinned(name: string): PolicyName[] {
    const words = (text(name)?.split(',') ?? []).map((word) => word.trim())
    const unknown = words.filter((word) => !POLICY_SETTINGS.some((name) => name === word))
    if (unknown.length > 0) {
      faults.push(`${name}: some of ${POLICY_SETTINGS.join(', ')}, parted by commas, not "${unknown.join(', ')}"`)
    }
    return words.flatMap((word) => POLICY_SETTINGS.filter((name) => name === word)).map((name) => POLICY_NAMES[name])
  }

  const mode = choice('MODE', ['sandbox', 'production'], 'sandbox')
  const cert = text('TLS_CERT')
  const key = text('TLS_KEY')
  if ((cert === undefined) !== (key === undefined)) faults.push('TLS_CERT, TLS_KEY: both or neither')
  const sandboxApprove = choice('SANDBOX_APPROVE', ['all'])
  if (sandboxApprove && mode !== 'sandbox') faults.push('SANDBOX_APPROVE: only in the sandbox (MODE=sandbox)')
  const sandboxStaff = choice('SANDBOX_STAFF', ['demo'])
  if (sandboxStaff && mode !== 'sandbox') faults.push('SANDBOX_STAFF: only in the sandbox (MODE=sandbox)')
  const sandboxSeed = text('SANDBOX_SEED')
  if (sandboxSeed && mode !== 'sandbox') faults.push('SANDBOX_SEED: only in the sandbox (MODE=sandbox)')
  const sandboxSeedFile = text('SANDBOX_SEED_FILE')
  if (sandboxSeedFile && mode !== 'sandbox') faults.push('SANDBOX_SEED_FILE: only in the sandbox (MODE=sandbox)')
  const outboundAllow = ranges('OUTBOUND_ALLOW')
  const trustProxy = ranges('TRUST_PROXY')
  const requireHttps = choice('REQUIRE_HTTPS', ['yes', 'no'], 'no') === 'yes'
  if (requireHttps && !cert && trustProxy.length === 0) {
    faults.push('REQUIRE_HTTPS: needs TLS_CERT and TLS_KEY, or the proxy that speaks HTTPS in TRUST_PROXY')
  }

  const { daily, minute, shopSecond } = mode === 'production' ? GENEROUS : NO_LIMIT
  const publicUrl = url('PUBLIC_URL', ['http:', 'https:'])
  // Links are made by adding a path to it.
  if (publicUrl && (!URL.canParse(publicUrl) || /[?#\s]/.test(publicUrl))) {
    faults.push('PUBLIC_URL: a whole URL without a query, like https://review.example.com')
  }

  const adminHost = text('ADMIN_HOST')
  const adminPort = text('ADMIN_PORT') === undefined ? undefined : whole('ADMIN_PORT', 0, 0, 65_535)
  if (adminHost && adminPort === undefined) faults.push('ADMIN_HOST: only with ADMIN_PORT')

  const ocr = choice('OCR', ['on', 'off'], 'off') === 'on'
  const ocrPackages = text('OCR_PACKAGES')
  if (ocrPackages && !ocr) faults.push('OCR_PACKAGES: only with OCR=on')
  const picturesDir = text('PICTURES_DIR')
  const port = whole('PORT', 8080, 0, 65_535)
  if (adminPort && adminPort === port) faults.push(`ADMIN_PORT: another than PORT, which is ${port}`)

  const config: Config = {
    mode,
    host: text('HOST') ?? '127.0.0.1',
    port,
    admin: adminPort === undefined ? undefined : { host: adminHost ?? '127.0.0.1', port: adminPort },
    dataDir: resolve(text('DATA_DIR') ?? '.shenpi'),
    picturesDir: picturesDir && resolve(picturesDir),
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:']),
    publicUrl: publicUrl?.replace(/\/+$/, ''),
    tls: cert && key ? { cert, key } : undefined,
    logLevel: choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    policy: {
      first: {
        deviceCeiling: whole('DEVICE_CEILING', 10_000, 0, DEVICE_CEILING_MAX),
        activeDevicesMin: whole('ACTIVE_DEVICES_MIN', 0, 0, 100),
        quickReviewMax: whole('QUICK_REVIEW_MAX', 500, 0, 1_000_000_000),
        reviewWorkingDays: whole('REVIEW_WORKING_DAYS', 3, 1, 60),
        undoMs: whole('UNDO_SECONDS', 10, 0, 60) * 1000,
        secondOpinion: [],
        samples: [],
      },
      pinned: pinned('POLICY_PINNED'),
    },
    outboundAllow: mode === 'sandbox' ? [...LOOPBACK, ...outboundAllow] : outboundAllow,
    trustProxy,
    requireHttps,
    rates: {
      daily: whole('DAILY_LIMIT', daily, 0, 1_000_000_000_000),
      minute: whole('MINUTE_LIMIT', minute, 0, 1_000_000_000_000),
      shopSecond: whole('SHOP_SECOND_LIMIT', shopSecond, 0, 1_000_000_000_000),
    },
    sandboxApprove,
    sessions: {
      idleMs: whole('SESSION_IDLE_MINUTES', 12 * 60, 1, 30 * 24 * 60) * 60_000,
      absoluteMs: whole('SESSION_MAX_HOURS', 7 * 24, 1, 90 * 24) * 3_600_000,
      byProviderMs: whole('OIDC_SESSION_HOURS', 12, 1, 90 * 24) * 3_600_000,
    },
    oidc: oidc(),
    sandboxStaff,
    sandboxSeed,
    sandboxSeedFile: sandboxSeedFile && resolve(sandboxSeedFile),
    ocr: ocr ? { packages: ocrPackages && resolve(ocrPackages) } : undefined,
    startedByNpm: text('npm_lifecycle_event') !== undefined,
  }
  faults.push(...misspelt(env, known))
  if (faults.length > 0) throw new ConfigError(faults)
  return Object.freeze(config)
}

function isRange(range: string): boolean {
  const [address, bits, ...rest] = range.split('/')
  const family = isIP(address ?? '')
  return family !== 0 && rest.length === 0 && /^\d+$/.test(bits ?? '') && Number(bits) <= (family === 4 ? 32 : 128)
}

/** @param groups like `shenpi-review=reviewer,shenpi-admin=operator+auditor` */
function parseGroups(groups: string, fault: (words: string) => void): ReadonlyMap<string, readonly Role[]> {
  const parsed = new Map<string, readonly Role[]>()
  for (const pair of groups.split(',').filter(Boolean)) {
    const at = pair.lastIndexOf('=')
    const names = pair.slice(at + 1).split('+')
    const roles = ROLES.filter((role) => names.includes(role))
    if (at < 1 || roles.length !== names.length) {
      fault(`pairs like my-group=reviewer+lead, parted by commas, of the roles ${ROLES.join(', ')}, not "${pair}"`)
    }
    parsed.set(pair.slice(0, at).trim(), roles)
  }
  return parsed
}
