import { isIP } from 'node:net'
import { resolve } from 'node:path'

export type Mode = 'sandbox' | 'production'
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

/** What the operator decides about the reviews. */
export interface Policy {
  /** Device IDs that an account may have at first. Source: docs/protocol/shakearound.md, device/applyid, field `quantity`. */
  deviceCeiling: number
  /** The largest batch that is approved at once, in device IDs. Source: as above. */
  quickReviewMax: number
  /** Chinese working days that the staff have for a review. Source: docs/protocol/shakearound.md, account/register. */
  reviewWorkingDays: number
}

export interface Config {
  mode: Mode
  host: string
  /** 0 picks a free one. */
  port: number
  dataDir: string
  /** PostgreSQL; absent: SQLite in the data directory. */
  databaseUrl: string | undefined
  /** How the world reaches the server; absent: the address that it listens on. */
  publicUrl: string | undefined
  tls: { cert: string; key: string } | undefined
  logLevel: (typeof LOG_LEVELS)[number]
  policy: Policy
  /** Ranges in CIDR notation that callbacks and picture links may reach besides public addresses. */
  outboundAllow: readonly string[]
  /** `all`: the sandbox's accounts have Shake Nearby open from the start. */
  sandboxApprove: 'all' | undefined
}

/** What is wrong with the environment, everything at once. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(`The environment is not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

const LOOPBACK = ['127.0.0.0/8', '::1/128']

/**
 * Read the configuration. Nobody else looks at the environment. An empty value counts as absent.
 *
 * @throws ConfigError that names every value that does not parse.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = []
  const text = (name: string) => env[name] || undefined

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

  const mode = choice('MODE', ['sandbox', 'production'], 'sandbox')
  const cert = text('TLS_CERT')
  const key = text('TLS_KEY')
  if ((cert === undefined) !== (key === undefined)) faults.push('TLS_CERT, TLS_KEY: both or neither')
  const sandboxApprove = choice('SANDBOX_APPROVE', ['all'])
  if (sandboxApprove && mode !== 'sandbox') faults.push('SANDBOX_APPROVE: only in the sandbox (MODE=sandbox)')
  const outboundAllow =
    text('OUTBOUND_ALLOW')
      ?.split(',')
      .map((range) => range.trim()) ?? []
  for (const range of outboundAllow) {
    if (!isRange(range)) faults.push(`OUTBOUND_ALLOW: ranges like 10.0.0.0/8, parted by commas, not "${range}"`)
  }

  const publicUrl = url('PUBLIC_URL', ['http:', 'https:'])
  // Links are made by adding a path to it.
  if (publicUrl && (!URL.canParse(publicUrl) || /[?#\s]/.test(publicUrl))) {
    faults.push('PUBLIC_URL: a whole URL without a query, like https://review.example.com')
  }

  const config: Config = {
    mode,
    host: text('HOST') ?? '127.0.0.1',
    port: whole('PORT', 8080, 0, 65_535),
    dataDir: resolve(text('DATA_DIR') ?? '.shenpi'),
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:']),
    publicUrl: publicUrl?.replace(/\/+$/, ''),
    tls: cert && key ? { cert, key } : undefined,
    logLevel: choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    policy: {
      deviceCeiling: whole('DEVICE_CEILING', 10_000, 0, 1_000_000_000),
      quickReviewMax: whole('QUICK_REVIEW_MAX', 500, 0, 1_000_000_000),
      reviewWorkingDays: whole('REVIEW_WORKING_DAYS', 3, 1, 60),
    },
    outboundAllow: mode === 'sandbox' ? [...LOOPBACK, ...outboundAllow] : outboundAllow,
    sandboxApprove,
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return Object.freeze(config)
}

function isRange(range: string): boolean {
  const [address, bits, ...rest] = range.split('/')
  const family = isIP(address ?? '')
  return family !== 0 && rest.length === 0 && /^\d+$/.test(bits ?? '') && Number(bits) <= (family === 4 ? 32 : 128)
}
