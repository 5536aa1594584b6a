import { Transform, type TransformCallback } from 'node:stream'

/** How much of all bodies together is held at a time. Unit: bytes. */
const HELD_MAX_BYTES = 64 * 1024 * 1024

/** What all the taps of a recorder hold together. */
export class TapBudget {
  #held = 0

  take(bytes: number): boolean {
    if (this.#held + bytes > HELD_MAX_BYTES) return false
    this.#held += bytes
    return true
  }

  giveBack(bytes: number): void {
    this.#held -= bytes
  }
}

/** Passes a body on as it comes, and holds it for the recording as long as it is not too large. */
export class BodyTap extends Transform {
  readonly #budget: TapBudget
  readonly #maxBytes: number
  #chunks: Buffer[] = []
  #held = 0
  #bytes = 0
  /** Why the body is not held. */
  leftOut: string | undefined

  constructor(budget: TapBudget, maxBytes: number) {
    super()
    this.#budget = budget
    this.#maxBytes = maxBytes
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#bytes += chunk.length
    if (!this.leftOut) this.#hold(chunk)
    done(null, chunk)
  }

  #hold(chunk: Buffer): void {
    if (this.#bytes > this.#maxBytes) this.leftOut = `more than ${this.#maxBytes} bytes`
    else if (!this.#budget.take(chunk.length)) this.leftOut = 'too much at once'
    else {
      this.#chunks.push(chunk)
      this.#held += chunk.length
      return
    }
    this.release()
  }

  /** What has passed so far. */
  get content(): Buffer {
    return Buffer.concat(this.#chunks)
  }

  release(): void {
    this.#budget.giveBack(this.#held)
    this.#chunks = []
    this.#held = 0
  }
}
