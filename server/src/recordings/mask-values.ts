import { createHmac } from 'node:crypto'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { isSecretName, MASK, maskBody } from '../requests/mask-secrets.ts'
import { isId } from './carried-ids.ts'
import { isKnownMember } from './known-members.ts'

/** Secrets under names of the wire's alone: of red packets, what a person's shake is read with, what callbacks are signed with. */
const SECRET_OF_WIRE = /^(?:key|ticket|sign|password|token)$/i
const PHONE = /(?:^|_)(?:phone|tel|telephone|mobile)(?:_?number)?$/i
const EMAIL = /(?:^|_)e?mail$/i
const OPENID = /^(?:open|union)_?id$/i
const PERSON = /^(?:receiver_name|detailed_address|client_ip|trademark_registrant|trademark_applicant)$/i

/** Hosts of uploaded pictures: whoever has such a link can look at the document. */
const PICTURE_LINK = /^(https?:\/\/[\w.-]*(?:qpic\.cn|qlogo\.cn|mmecimage\.cn|127\.0\.0\.1|localhost)(?::\d+)?\/)(.+)$/s

/** Deeper than any body of the wire; what lies deeper is dropped. */
const DEPTH_MAX = 32

/** JSON in a text, also where it breaks off; a comment may begin with a bracket, too. */
const JSON_TEXT = /^\s*(?:\{|\[\s*[[{"])/

/** From here on a number may be a person's. */
const LONG_NUMBER = 1_000_000

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
      // A name beside a phone number or an address is a person's; that of a group or a scene is not.
      const isPerson = Object.keys(value).some((member) => PHONE.test(member) || EMAIL.test(member))
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
    const isKept = isKnownMember(name) || isId(name)
    if (typeof value === 'number') return isKept || value < LONG_NUMBER ? value : 0
    if (typeof value !== 'string') return value
    if (EMAIL.test(name)) return value.includes('@') ? 'masked@example.com' : anonymous(value)
    if (OPENID.test(name)) return value.replace(/[^-]/g, '0')
    if (PERSON.test(name)) return anonymous(value)
    const [, host, rest] = PICTURE_LINK.exec(value) ?? []
    if (host && rest) return `${host}masked/${this.#digestOf(rest)}`
    return isKept ? this.text(value) : anonymousText(value)
  }

  #secret(value: unknown): unknown {
    if (typeof value === 'number') return 0
    if (typeof value !== 'string') return value
    this.#remember(value)
    return value === '' ? '' : MASK
  }

  /** The text of a known member: it may hold JSON or arguments. */
  text(text: string): string {
    if (!JSON_TEXT.test(text)) return maskBody(text)
    const json = toJson(text)
    return json === undefined ? anonymousText(text) : JSON.stringify(this.mask(json))
  }

  /** Path and query. */
  url(url: URL): string {
    const query = [...url.searchParams].map(([name, value]): [string, string] => [name, String(this.mask(value, name))])
    return query.length > 0 ? `${url.pathname}?${new URLSearchParams(query)}` : url.pathname
  }

  /** A line as it is written: without any secret that was seen before, wherever it stands. */
  line(line: string): string {
    let masked = line
    // Of one that is the beginning of another, the end would stay.
    for (const secret of [...this.#secrets].toSorted((a, b) => b.length - a.length))
      masked = masked.replaceAll(secret, MASK)
    return masked
  }

  #remember(secret: string): void {
    if (secret.length < SECRET_MIN || secret === MASK) return
    // As it stands in JSON, and in a URL.
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())]) {
      this.#secrets.add(form)
    }
    for (const oldest of this.#secrets) {
      if (this.#secrets.size <= SECRETS_MAX) break
      this.#secrets.delete(oldest)
    }
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

/** What JSON consists of is left, so that what is none goes on being none. */
const LETTERS = /true|false|null|[^\s\p{P}]/gu

/** As long and as wide, and nobody's. */
export const anonymousText = (text: string): string =>
  text.replace(LETTERS, (letter) => {
    if (letter.length > 2) return letter
    if (/\d/.test(letter)) return '0'
    return letter < '\x80' ? 'x' : '某'
  })

const anonymous = (value: unknown): unknown => (typeof value === 'string' ? anonymousText(value) : value)

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
