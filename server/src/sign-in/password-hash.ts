import * as crypto from 'node:crypto'
import { promisify } from 'node:util'
import { drawSecret } from '../entropy/draw-secret.ts'

/** What a hash costs: 19 MB and some 30 ms. Source: OWASP, Password Storage Cheat Sheet, Argon2id. */
const ARGON2 = { m: 19_456, t: 2, p: 1 } as const
/** Where Node lacks Argon2: 32 MB and some 80 ms. Source: as above, scrypt. */
const SCRYPT = { ln: 15, r: 8, p: 1 } as const
const SALT_BYTES = 16
const HASH_BYTES = 32

const scrypt = promisify<string, Buffer, number, crypto.ScryptOptions, Buffer>(crypto.scrypt)

/** A function and its costs, as a stored hash names them: `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`. */
interface Stored {
  name: string
  costs: Readonly<Record<string, number>>
  salt: Buffer
  hash: Buffer
}

export const hasArgon2 = (): boolean => typeof crypto.argon2 === 'function'

/** Hash a password for the database. @param useArgon2 for a test of the other way */
export async function hashPassword(password: string, useArgon2 = hasArgon2()): Promise<string> {
  const salt = drawSecret(SALT_BYTES)
  const how = useArgon2 ? { name: 'argon2id', costs: ARGON2 } : { name: 'scrypt', costs: SCRYPT }
  const hash = await derive(password, { ...how, salt })
  return [useArgon2 ? '$argon2id$v=19' : '$scrypt', toCosts(how.costs), toText(salt), toText(hash)].join('$')
}

/** A hash that no password has, and that costs as much to compare with. */
export function unmatchableHash(): string {
  const [name, costs] = hasArgon2() ? ['argon2id$v=19', ARGON2] : ['scrypt', SCRYPT]
  const bytes = [SALT_BYTES, HASH_BYTES].map((length) => toText(Buffer.alloc(length)))
  return ['', name, toCosts(costs), ...bytes].join('$')
}

/** Whether it is the password, in a time that tells nothing of it. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const expected = parseHash(stored)
  return crypto.timingSafeEqual(await derive(password, expected), expected.hash)
}

/** Whether a hash was made at other costs than one would be made today. */
export function isOutdated(stored: string): boolean {
  const { name, costs } = parseHash(stored)
  if (name === 'scrypt') return hasArgon2()
  return costs.m !== ARGON2.m || costs.t !== ARGON2.t || costs.p !== ARGON2.p
}

function parseHash(stored: string): Stored {
  const [, name, costs, salt, hash] = /^\$(argon2id|scrypt)(?:\$v=19)?\$([^$]+)\$([^$]+)\$([^$]+)$/.exec(stored) ?? []
  if (!name || !costs || !salt || !hash) throw new Error('a stored password hash cannot be read')
  const pairs = costs.split(',').map((pair): [string, number] => {
    const [cost = '', value] = pair.split('=')
    return [cost, Number(value)]
  })
  return {
    name,
    costs: Object.fromEntries(pairs),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

/** Off the event loop, as both functions are. */
async function derive(password: string, { name, costs, salt }: Omit<Stored, 'hash'>): Promise<Buffer> {
  // Input methods write the same characters in different ways.
  const message = password.normalize('NFC')
  if (name === 'scrypt') {
    const { ln = 0, r = 0, p = 0 } = costs
    const options = { N: 2 ** ln, r, p, maxmem: 2 ** ln * r * 256 }
    return await scrypt(message, salt, HASH_BYTES, options)
  }
  const { m = 0, t = 0, p = 0 } = costs
  return await new Promise((resolve, reject) => {
    const parameters = { message, nonce: salt, parallelism: p, tagLength: HASH_BYTES, memory: m, passes: t }
    crypto.argon2('argon2id', parameters, (error, hash) => (error ? reject(error) : resolve(hash)))
  })
}

const toText = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

const toCosts = (costs: Readonly<Record<string, number>>) =>
  Object.entries(costs)
    .map(([cost, value]) => `${cost}=${value}`)
    .join()
