import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { type FileReport, type LineFault, verifyTrailFile } from '../journal/verify-trail-file.ts'
import { answer } from './remote.ts'
import { toTerminal } from './table.ts'

const FAULTS: Readonly<Record<LineFault, string>> = {
  no_head: 'this is not the first line of an exported trail',
  unreadable: 'the line is not as Shenpi writes it',
  changed: 'the line was changed',
  missing: 'an entry before this line is missing',
  out_of_place: 'the line stands at another place than it was written at, or twice',
  appended: 'the line was appended',
  cut: 'the file is cut: entries or the signature are missing here',
  unsigned: 'the signature is not of this key: the file was signed by somebody else, or written anew',
}

/** Verify an exported trail, without a server and without a database. */
export async function verifyFile(path: string, options: { key?: string; json?: boolean }): Promise<void> {
  const x = options.key === undefined ? undefined : await readKey(options.key)
  const report = await verifyTrailFile(linesOf(path), x)
  answer(options, { ...report, key: x === undefined ? 'in_file' : 'given' }, () => show(report, x))
  if (report.fault) process.exitCode = 1
}

function show({ head, entries, withheld, fault }: FileReport, x: string | undefined): void {
  if (fault) console.log(`Line ${fault.line}: ${FAULTS[fault.fault]}.`)
  if (fault || !head) return
  const trail = head.appid === null ? 'of the installation' : `of the account ${head.appid}`
  console.log(`The trail ${trail} is whole: entries ${head.from_entry} to ${head.to_entry}, ${entries} in all.`)
  console.log(`Exported at ${head.exported_at} by ${toTerminal(head.exported_by)}.`)
  if (withheld > 0) console.log(`The details of ${withheld} entries were withheld from who exported it.`)
  console.log(
    x === undefined
      ? `Signed by the key that the file itself names, ${head.key.x}. This tells that nothing was changed since somebody signed it, not who: compare the key with that of the installation (/api/v1/trail/key), or give that one by --key.`
      : 'Signed by the key that you gave.',
  )
}

/** @param given the key itself, or a file with the answer of /api/v1/trail/key. @throws Error in a sentence */
async function readKey(given: string): Promise<string> {
  if (/^[\w-]{43}$/.test(given)) return given
  const content: unknown = JSON.parse(await readFile(given, 'utf8'))
  const x = isObject(content) ? content.x : undefined
  if (typeof x !== 'string') throw new Error(`${given} holds no public key: take the answer of /api/v1/trail/key`)
  return x
}

/** A line that is longer than any of ours ends the file there. Unit: characters. */
const LINE_MAX = 4 * 1024 * 1024

/** The lines, without their ends; one that was begun and not ended comes as it is. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of createReadStream(path, 'utf8')) {
    const lines = `${rest}${piece}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
    if (rest.length > LINE_MAX) break
  }
  if (rest !== '') yield rest
}
