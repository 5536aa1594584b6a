import { createHash, verify } from 'node:crypto'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { hashEntry } from './trail-entry.ts'
import { type FileEntry, type FileFoot, type FileHead, signedText, TRAIL_FORMAT } from './trail-file.ts'
import { fromPublicKey } from './trail-key.ts'

/**
 * What is wrong with a line. `changed`: it, or one whose detail is withheld before it; `unsigned`: the signature is not of
 * the key that was asked for.
 */
export type LineFault =
  | 'no_head'
  | 'unreadable'
  | 'changed'
  | 'missing'
  | 'out_of_place'
  | 'appended'
  | 'cut'
  | 'unsigned'

export interface FileReport {
  /** Undefined where the first line is none. */
  head: FileHead | undefined
  entries: number
  /** Entries whose detail was withheld: their places are certain, what they say is only signed. */
  withheld: number
  /** The first that is wrong; lines count from 1. */
  fault: { line: number; fault: LineFault } | undefined
}

const HEAD = {
  format: '',
  appid: '',
  account_id: 0,
  from_entry: 0,
  to_entry: 0,
  previous: '',
  exported_at: '',
  exported_by: '',
  key: {},
}
const ENTRY = { entry_no: 0, application_no: 0, at: 0, actor: '', action: '', detail: '', hash: '' }
const FOOT = { entries: 0, last_hash: '', sha256: '', signature: '' }
const MAY_BE_NULL = ['appid', 'application_no', 'detail']

/**
 * Read an exported trail from its first to its last line: what was changed, cut, put elsewhere or appended is found at its line.
 *
 * @param lines without their ends
 * @param x the public key that it must be signed by; none: the one in the file, which anybody could have put there
 */
export async function verifyTrailFile(lines: AsyncIterable<string>, x: string | undefined): Promise<FileReport> {
  const reader = new Reader(x)
  let held: string | undefined
  for await (const line of lines) {
    // The last line is another one than those before it.
    if (held !== undefined && !reader.takeLine(held)) return reader.report
    held = line
  }
  reader.end(held ?? '')
  return reader.report
}

class Reader {
  readonly #x: string | undefined
  readonly #digest = createHash('sha256')
  readonly report: FileReport = { head: undefined, entries: 0, withheld: 0, fault: undefined }
  #line = 0
  #hash = ''
  #next = 0

  constructor(x: string | undefined) {
    this.#x = x
  }

  /** @returns whether it is worth reading on */
  takeLine(text: string): boolean {
    this.#line += 1
    this.#digest.update(`${text}\n`)
    const { head } = this.report
    const fault = head ? this.#takeEntry(text, head) : this.#takeHead(text)
    if (fault) this.#note(fault)
    return fault === undefined
  }

  #takeHead(text: string): LineFault | undefined {
    const head = parseLine<FileHead>(text, HEAD)
    if (head?.format !== TRAIL_FORMAT) return 'no_head'
    this.report.head = head
    this.#hash = head.previous
    this.#next = head.from_entry
    return undefined
  }

  #takeEntry(text: string, head: FileHead): LineFault | undefined {
    const entry = parseLine<FileEntry>(text, ENTRY)
    if (!entry) {
      if (!parseLine<FileFoot>(text, FOOT)) return 'unreadable'
      // The end stands here, so that what follows was appended.
      this.#line += 1
      return 'appended'
    }
    if (entry.entry_no > head.to_entry) return 'appended'
    if (entry.entry_no !== this.#next) return entry.entry_no > this.#next ? 'missing' : 'out_of_place'
    if (entry.detail === null) this.report.withheld += 1
    else if (hashOf(this.#hash, entry, entry.detail, head) !== entry.hash) return 'changed'
    this.#hash = entry.hash
    this.#next += 1
    this.report.entries += 1
    return undefined
  }

  end(text: string): void {
    this.#line += 1
    const fault = this.#takeFoot(text)
    if (fault) this.#note(fault)
  }

  #takeFoot(text: string): LineFault | undefined {
    const { head, entries } = this.report
    const foot = parseLine<FileFoot>(text, FOOT)
    if (!head) return 'no_head'
    if (!foot || this.#next <= head.to_entry || foot.entries !== entries) return 'cut'
    if (foot.last_hash !== this.#hash) return 'changed'
    const isAsWritten = foot.sha256 === this.#digest.digest('hex')
    const isSigned = isSignedBy(this.#x ?? head.key.x, foot)
    if (isSigned && isAsWritten) return undefined
    // Every entry fits its neighbours, and what is signed is another text: the first line is not the one that was signed.
    if (isSigned) this.#line = 1
    return isAsWritten ? 'unsigned' : 'changed'
  }

  #note(fault: LineFault): void {
    this.report.fault = { line: this.#line, fault }
  }
}

const hashOf = (previous: string, entry: FileEntry, detail: string, head: FileHead) =>
  hashEntry(previous, {
    account_id: head.account_id,
    entry_no: entry.entry_no,
    application_no: entry.application_no,
    at: entry.at,
    actor: entry.actor,
    action: entry.action,
    detail,
  })

function isSignedBy(x: string, { sha256, signature }: FileFoot): boolean {
  try {
    return verify(null, signedText(sha256), fromPublicKey({ x }), Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

/** A line that holds these members, in this order, written in the one way: anything else is not one of ours. */
function parseLine<Line extends object>(text: string, members: Record<keyof Line, unknown>): Line | undefined {
  const parsed = parseJson(text)
  if (!isObject(parsed) || JSON.stringify(parsed) !== text) return undefined
  const names = Object.keys(members)
  if (Object.keys(parsed).join() !== names.join()) return undefined
  const fits = Object.entries(members).every(
    ([name, example]) =>
      typeof parsed[name] === typeof example || (parsed[name] === null && MAY_BE_NULL.includes(name)),
  )
  // Checked member by member.
  return fits ? (parsed as Line) : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
