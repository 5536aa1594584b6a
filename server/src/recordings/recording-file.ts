import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { messageOf } from '../thrown.ts'
import { EXCHANGES_MAX, type Exchange, FORMAT, RECORDING_MAX_BYTES, VERSION } from './recording.ts'

/**
 * A recording that is being written: each exchange is a line that is there as a whole or not at all, however the process
 * ends. Nothing is kept back, and nothing else is written anywhere.
 */
export class RecordingFile {
  readonly #file: number
  #bytes = 0
  /** How many exchanges are in it. */
  count = 0
  /** Why it takes no more, if it does not. */
  ended: string | undefined

  /** @throws Error in a sentence when the file is there already, or cannot be written */
  constructor(path: string, head: { upstream: string; at: string }) {
    try {
      this.#file = openSync(path, 'wx', 0o600)
    } catch (error) {
      throw new Error(`${path} cannot be written: ${messageOf(error)}`)
    }
    this.#append(`${JSON.stringify({ format: FORMAT, version: VERSION, ...head })}\n`)
  }

  /** @param toLine the line as it may be written */
  add(exchange: Exchange, toLine: (line: string) => string): void {
    if (this.ended) return
    const line = `${toLine(JSON.stringify(exchange))}\n`
    const isFull = this.#bytes + Buffer.byteLength(line) > RECORDING_MAX_BYTES || this.count === EXCHANGES_MAX
    if (isFull) this.ended = `it holds ${this.count} requests and ${this.#bytes} bytes, and takes no more`
    else if (this.#append(line)) this.count += 1
  }

  #append(line: string): boolean {
    const bytes = Buffer.from(line)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at, bytes.length - at, this.#bytes + at)
      this.#bytes += bytes.length
      return true
    } catch (error) {
      this.ended = messageOf(error)
      // What of the line is there already.
      ftruncateSync(this.#file, this.#bytes)
      return false
    }
  }

  close(): void {
    fsyncSync(this.#file)
    closeSync(this.#file)
  }
}
