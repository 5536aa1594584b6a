import { createHash, type KeyObject, sign } from 'node:crypto'
import { type EntryRow, GENESIS_HASH } from './trail-entry.ts'
import { type PublicTrailKey, toPublicKey } from './trail-key.ts'

/** The format of an exported trail, see docs/decisions/0036-trail-export.md. */
export const TRAIL_FORMAT = 'shenpi-trail-1'

/** The first line: what the file holds. */
export interface FileHead {
  format: typeof TRAIL_FORMAT
  /** Null: the installation's own trail. */
  appid: string | null
  account_id: number
  /** Numbers of its first and last entry. */
  from_entry: number
  to_entry: number
  /** The hash before its first entry. */
  previous: string
  exported_at: string
  exported_by: string
  key: PublicTrailKey
}

/** A line between: an entry, with its detail as the text that was hashed. */
export type FileEntry = Omit<EntryRow, 'account_id' | 'detail'> & {
  /** Null: withheld from who exported. */
  detail: string | null
}

/** The last line: over all that stands before it. */
export interface FileFoot {
  entries: number
  last_hash: string
  /** Of all bytes before this line. */
  sha256: string
  signature: string
}

/** What is signed. */
export const signedText = (sha256: string): Buffer => Buffer.from(`${TRAIL_FORMAT} ${sha256}`)

/** The members of an entry's line in their order: a line is written in one way alone. */
export const toFileEntry = (row: EntryRow, isWithheld: boolean): FileEntry => ({
  entry_no: row.entry_no,
  application_no: row.application_no,
  at: row.at,
  actor: row.actor,
  action: row.action,
  detail: isWithheld ? null : row.detail,
  hash: row.hash,
})

/** Writes the lines of a file, and signs it at the end. */
export class TrailFileWriter {
  readonly #key: KeyObject
  readonly #digest = createHash('sha256')
  #entries = 0
  #lastHash = GENESIS_HASH

  constructor(key: KeyObject) {
    this.#key = key
  }

  begin(head: Omit<FileHead, 'format' | 'key'>): string {
    this.#lastHash = head.previous
    return this.#line({ format: TRAIL_FORMAT, ...head, key: toPublicKey(this.#key) })
  }

  add(entry: FileEntry): string {
    this.#entries += 1
    this.#lastHash = entry.hash
    return this.#line(entry)
  }

  end(): string {
    const sha256 = this.#digest.digest('hex')
    const signature = sign(null, signedText(sha256), this.#key).toString('base64url')
    const foot: FileFoot = { entries: this.#entries, last_hash: this.#lastHash, sha256, signature }
    return `${JSON.stringify(foot)}\n`
  }

  #line(content: object): string {
    const line = `${JSON.stringify(content)}\n`
    this.#digest.update(line)
    return line
  }
}
