import { createHmac } from 'node:crypto'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { isSecretName, MASK, maskBody } from '../requests/mask-secrets.ts'

/** Secrets under names of the wire's alone: of red packets, and what a person's shake is read with. */
const SECRET_OF_WIRE = /^(?:key|ticket|sign|password)$/i
const PHONE = /(?:^|_)(?:phone|tel|telephone|mobile)(?:_?number)?$/i
const EMAIL = /(?:^|_)e?mail$/i
const OPENID = /^(?:open|union)id$/i
const PERSON = /^(?:receiver_name|detailed_address|client_ip)$/i

/** Hosts of uploaded pictures: whoever has such a link can look at the document. */
const PICTURE_LINK = /^(https?:\/\/[\w.-]*(?:qpic\.cn|qlogo\.cn|mmecimage\.cn|127\.0\.0\.1|localhost)(?::\d+)?\/)(.+)$/s

/** Deeper than any body of the wire; what lies deeper is dropped. */
const DEPTH_MAX = 32

/** Digits that are told apart in a text that is no JSON; longer rows may be a person's. */
const LONG_DIGITS = /\d{7,}/g

export const isSecret = (name: string): boolean => isSecretName(name) || SECRET_OF_WIRE.test(name)

/** Masks what recordings hold: secrets, and what tells of people. What remains has the same types and is valid where it was. */
export class Masker {
  readonly #key: Buffer
  /** Secrets that were seen, so that they are found wherever else they stand. */
  readonly #secrets = new Set<string>()

  /** @param key random; the same link is masked alike under one */
  constructor(key: Buffer) {
    this.#key = key
  }

  /** A value of JSON, by the name that it stands under. */
  mask(value: unknown, name = '', depth = 0): unknown {
    if (depth > DEPTH_MAX) return null
    if (Array.isArray(value)) return value.map((item) => this.mask(item, name, depth + 1))
    if (isObject(value)) {
      // A name beside a phone number is a person's; that of a group or a scene is not.
      const isPerson = Object.keys(value).some((member) => PHONE.test(member))
      const masked = Object.entries(value).map(([member, inner]) => [
        member,
        isPerson && member === 'name' ? anonymous(inner) : this.mask(inner, isSecret(name) ? name : member, depth + 1),
      ])
      return Object.fromEntries(masked)
    }
    return this.#maskOne(name, value)
  }

  #maskOne(name: string, value: unknown): unknown {
    if (isSecret(name)) return this.#secret(value)
    if (PHONE.test(name)) return withoutDigits(value)
    if (typeof value !== 'string') return value
    if (EMAIL.test(name)) return value.includes('@') ? 'masked@example.com' : anonymous(value)
    if (OPENID.test(name)) return value.replace(/[^-]/g, '0')
    if (PERSON.test(name)) return anonymous(value)
    const [, host, rest] = PICTURE_LINK.exec(value) ?? []
    return host && rest ? `${host}masked/${this.#digestOf(rest)}` : this.text(value)
  }

  #secret(value: unknown): unknown {
    if (typeof value === 'number') return 0
    if (typeof value !== 'string') return value
    this.#remember(value)
    return value === '' ? '' : MASK
  }

  /** A text that is no value of a known member: it may hold JSON, arguments or digits of its own. */
  text(text: string): string {
    const json = text.startsWith('{') ? toObject(text) : undefined
    return json ? JSON.stringify(this.mask(json)) : maskBody(text)
  }

  /** A body that is no JSON: of what breaks off nobody can tell whose the digits are. */
  foreignText(text: string): string {
    return maskBody(text).replace(LONG_DIGITS, (digits) => '0'.repeat(digits.length))
  }

  /** Path and query. */
  url(url: URL): string {
    const query = [...url.searchParams].map(([name, value]): [string, string] => [name, String(this.mask(value, name))])
    return query.length > 0 ? `${url.pathname}?${new URLSearchParams(query)}` : url.pathname
  }

  /** A line as it is written: without any secret that was seen before, wherever it stands. */
  line(line: string): string {
    let masked = line
    for (const secret of this.#secrets) masked = masked.replaceAll(secret, MASK)
    return masked
  }

  #remember(secret: string): void {
    if (secret.length < SECRET_MIN || secret === MASK) return
    this.#secrets.add(secret)
    const [oldest] = this.#secrets
    if (this.#secrets.size > SECRETS_MAX && oldest) this.#secrets.delete(oldest)
  }

  #digestOf(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 24)
  }
}

/** The shortest text that is looked for everywhere: a shorter one may be a word. Unit: characters. */
const SECRET_MIN = 8
const SECRETS_MAX = 1000

/** The first three digits tell of the network or the city; the others are nobody's then. */
function withoutDigits(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value
  let seen = 0
  const text = String(value).replace(/\d/g, (digit) => (++seen > 3 ? '0' : digit))
  return typeof value === 'number' ? Number(text) : text
}

/** As long and as wide, and nobody's. */
const anonymous = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/[^\s\p{P}]/gu, (letter) => (letter < '\x80' ? 'x' : '某')) : value

function toObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
