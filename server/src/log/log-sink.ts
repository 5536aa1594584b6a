import { fstatSync, write } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** The most that waits to be written, in bytes: some five seconds of the busiest log. */
const WAITING_MAX_BYTES = 1024 * 1024

/** Writes a chunk, and tells when it is out or why it is not. */
export type WriteChunk = (chunk: Buffer, done: (error?: Error | null) => void) => void

/**
 * Writes lines of the log. Nobody waits for it: lines that cannot be written, because the disk is full or the reader of the
 * pipe has stopped, are dropped and counted, and a line says so when writing works again.
 */
export class LogSink {
  readonly #write: WriteChunk
  readonly #maxBytes: number
  #waiting: string[] = []
  #waitingBytes = 0
  #writing: Promise<void> | undefined
  #untold = 0
  /** Lines that were dropped since the start. */
  lost = 0
  /** Called when lines can be written again, with how many were dropped before. */
  onRecovery: (lost: number) => void = () => {}

  constructor(write: WriteChunk, maxBytes = WAITING_MAX_BYTES) {
    this.#write = write
    this.#maxBytes = maxBytes
  }

  write(line: string): void {
    if (this.#waitingBytes + line.length > this.#maxBytes) {
      this.#drop(1)
      return
    }
    this.#waiting.push(line)
    this.#waitingBytes += line.length
    this.#writing ??= this.#writeAll()
  }

  /** Wait until everything is written, or dropped. @param mostMs and no longer, in milliseconds */
  async flush(mostMs: number): Promise<void> {
    await Promise.race([this.#writing, pause(mostMs, undefined, { ref: false })])
  }

  async #writeAll(): Promise<void> {
    // Lines of the same moment go out together.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const lines = this.#waiting
      this.#waiting = []
      this.#waitingBytes = 0
      if (await this.#isWritten(Buffer.from(lines.join('')))) this.#tellLoss()
      else this.#drop(lines.length)
    }
    this.#writing = undefined
  }

  #isWritten(chunk: Buffer): Promise<boolean> {
    return new Promise((resolve) => this.#write(chunk, (error) => resolve(!error)))
  }

  #drop(lines: number): void {
    this.lost += lines
    this.#untold += lines
  }

  #tellLoss(): void {
    if (this.#untold === 0) return
    const lost = this.#untold
    this.#untold = 0
    this.onRecovery(lost)
  }
}

/** Stderr, of which no kind makes anybody wait: a pipe is written as its reader reads, a file in the background. */
export function openStderr(): WriteChunk {
  const stat = fstatSync(2)
  if (!stat.isFIFO() && !stat.isSocket()) return (chunk, done) => writeWhole(2, chunk, done)
  // Each failed write reports itself.
  process.stderr.on('error', () => {})
  return (chunk, done) => void process.stderr.write(chunk, done)
}

function writeWhole(fd: number, chunk: Buffer, done: (error?: Error | null) => void): void {
  write(fd, chunk, (error, bytes) => {
    if (error || bytes === chunk.length) done(error)
    else writeWhole(fd, chunk.subarray(bytes), done)
  })
}
