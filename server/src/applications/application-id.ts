import { hash } from 'node:crypto'

export interface ApplicationKey {
  accountId: number
  applicationNo: number
}

/** The native API's id, for people to read and type: account and number. @example '12-345' */
export function toApplicationId({ accountId, applicationNo }: ApplicationKey): string {
  return `${accountId}-${applicationNo}`
}

/** Where each id is put together, one after another: a list shows many, and most of one would be the making of a buffer. */
const idBytes = Buffer.alloc(16)

/**
 * The wire's `audit_id`: 22 URL-safe characters, 16 bytes, that hold account and number (32 bits each, little endian),
 * each followed by a check word, so that a mistyped or invented id is told apart without a look into the database.
 * It is a name, not a secret: what it names is shown to its own account only.
 * Source: docs/protocol/shops.md, audit_category, `audit_id`.
 */
export function toAuditId({ accountId, applicationNo }: ApplicationKey): string {
  idBytes.writeUInt32LE(accountId, 0)
  idBytes.writeUInt32LE(0, 4)
  idBytes.writeUInt32LE(applicationNo, 8)
  idBytes.writeUInt32LE(0, 12)
  // A text with a character a byte: a list shows many ids, and a buffer takes several times as long to make as the hash.
  const check = hash('sha256', idBytes, 'binary')
  for (let place = 0; place < 4; place += 1) {
    idBytes[4 + place] = check.charCodeAt(place)
    idBytes[12 + place] = check.charCodeAt(4 + place)
  }
  return idBytes.toString('base64url')
}

/** The key behind an id of either form, or undefined when it is none. */
export function parseApplicationId(id: string): ApplicationKey | undefined {
  const plain = /^([1-9]\d{0,9})-([1-9]\d{0,9})$/.exec(id)
  if (plain) return { accountId: Number(plain[1]), applicationNo: Number(plain[2]) }
  return parseAuditId(id)
}

export function parseAuditId(id: string): ApplicationKey | undefined {
  if (!/^[A-Za-z0-9_-]{22}$/.test(id)) return undefined
  const bytes = Buffer.from(id, 'base64url')
  const key = { accountId: bytes.readUInt32LE(0), applicationNo: bytes.readUInt32LE(8) }
  return toAuditId(key) === id ? key : undefined
}
