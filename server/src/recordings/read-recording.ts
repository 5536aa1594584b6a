import { open } from 'node:fs/promises'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { messageOf } from '../thrown.ts'
import { checkExchange } from './check-exchange.ts'
import { toExchange } from './har.ts'
import { lineAt, linesOfEntries } from './lines-of-entries.ts'
import {
  BrokenRecording,
  EXCHANGES_MAX,
  type Exchange,
  FORMAT,
  RECORDING_MAX_BYTES,
  type RecordedExchange,
  VERSION,
} from './recording.ts'

export interface Recording {
  exchanges: RecordedExchange[]
  /** Whether its last line breaks off: whoever wrote it was killed while it did. */
  isCutOff: boolean
}

/**
 * Read a whole recording, so that nothing of a broken one is sent: JSON lines as `shenpi record` writes them, or HAR 1.2.
 *
 * @throws BrokenRecording with the line and what is wrong there
 * @throws Error in a sentence where the file cannot be read at all
 */
export async function readRecording(path: string): Promise<Recording> {
  const text = await readText(path)
  const recording = isHar(text) ? { exchanges: await readHar(text), isCutOff: false } : await readLines(text)
  if (recording.exchanges.length === 0) throw new BrokenRecording(1, 'it holds no request')
  return recording
}

async function readText(path: string): Promise<string> {
  const file = await open(path).catch((error: unknown) => {
    throw new Error(`${path} cannot be read: ${messageOf(error)}`)
  })
  try {
    const { size } = await file.stat()
    if (size > RECORDING_MAX_BYTES) {
      throw new Error(`${path} has ${size} bytes, at most ${RECORDING_MAX_BYTES} are read: split it`)
    }
    return (await file.readFile('utf8')).replace(/^\ufeff/, '')
  } finally {
    await file.close()
  }
}

/** A HAR is one object with a `log`, most often over many lines; of JSON lines each is whole. */
const isHar = (text: string): boolean => /^\s*\{\s*("log"|\r?\n)/.test(text)

async function readLines(text: string): Promise<Recording> {
  const lines = text.split('\n')
  const exchanges: RecordedExchange[] = []
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const value = parseLine(line, index + 1)
    // What ends without a line break was not written to its end, and may not be what it looks like.
    if (value === undefined && index === lines.length - 1 && index > 0) return { exchanges, isCutOff: true }
    if (value === undefined) throw new BrokenRecording(index + 1, whyNoJson(line))
    if (index === 0 && isHead(value)) continue
    exchanges.push({ ...(await toRecorded(value, index + 1)), line: index + 1 })
    refuseMany(exchanges, index + 1)
  }
  return { exchanges, isCutOff: false }
}

function parseLine(line: string, number: number): Record<string, unknown> | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (!isObject(value)) throw new BrokenRecording(number, 'a request and its answer are an object')
  return value
}

function whyNoJson(line: string): string {
  try {
    JSON.parse(line)
  } catch (error) {
    return `this is no JSON (${messageOf(error)})`
  }
  return 'this is no JSON'
}

/** Whether it is the line that says what the file is. @throws BrokenRecording for a file of a version to come */
function isHead(value: Record<string, unknown>): boolean {
  if (value.format === undefined) return false
  if (value.format !== FORMAT) throw new BrokenRecording(1, `format: ${FORMAT} is expected`)
  if (value.version !== VERSION) throw new BrokenRecording(1, `version: ${VERSION} is expected`)
  return true
}

async function readHar(text: string): Promise<RecordedExchange[]> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    const at = Number(/position (\d+)/.exec(messageOf(error))?.[1] ?? text.length)
    throw new BrokenRecording(lineAt(text, at), `this is no JSON (${messageOf(error)})`)
  }
  const entries = isObject(content) && isObject(content.log) ? content.log.entries : undefined
  if (!Array.isArray(entries)) throw new BrokenRecording(1, 'a HAR has log.entries, a list')
  const lines = linesOfEntries(text)
  const exchanges: RecordedExchange[] = []
  for (const [index, entry] of entries.entries()) {
    const line = lines[index] ?? 1
    exchanges.push({ ...(await toRecorded(toExchange(entry, line), line)), line })
    refuseMany(exchanges, line)
  }
  return exchanges
}

async function toRecorded(value: unknown, line: number): Promise<Exchange> {
  try {
    return await checkExchange(value)
  } catch (error) {
    throw new BrokenRecording(line, messageOf(error))
  }
}

function refuseMany({ length }: readonly unknown[], line: number): void {
  if (length > EXCHANGES_MAX) throw new BrokenRecording(line, `more than ${EXCHANGES_MAX} requests: split it`)
}
