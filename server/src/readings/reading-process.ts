import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { OcrPackages } from './ocr-packages.ts'

/** Grey values, a byte each. */
export interface GreyPicture {
  width: number
  height: number
  grey: Uint8Array
}

const CHILD = fileURLToPath(new URL('./reading.child.ts', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../../package.json', import.meta.url))
const HEAP_MB = 128
/** It ends when nothing was read for so long. Unit: milliseconds. */
const IDLE_MS = 60_000
/** Our choice: a start takes 1 to 4 s on one core, a picture 2 to 3. Unit: milliseconds. */
const START_MAX_MS = 20_000
const READ_MAX_MS = 15_000

/** A picture was not read: it took too long, too much memory, or the process fell over it. */
export class ReadingFailed extends Error {
  override readonly name = 'ReadingFailed'
}

/**
 * Reads pictures in a process of its own, which has no environment, reads no file but its packages and writes none. It is
 * started by the first picture; the caller asks for one at a time.
 */
export class ReadingProcess {
  readonly #packages: OcrPackages
  readonly #readMaxMs: number
  #child: ChildProcess | undefined
  #idle: NodeJS.Timeout | undefined

  constructor(packages: OcrPackages, readMaxMs = READ_MAX_MS) {
    this.#packages = packages
    this.#readMaxMs = readMaxMs
  }

  /** The text of a picture. @throws ReadingFailed, after which the next picture gets a new process */
  async read({ width, height, grey }: GreyPicture): Promise<string> {
    clearTimeout(this.#idle)
    const isNew = this.#child === undefined
    this.#child ??= this.#start()
    const child = this.#child
    try {
      if (isNew) await answerOf(child, START_MAX_MS)
      child.send(Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), grey]), () => {})
      const text = await answerOf(child, this.#readMaxMs)
      this.#idle = setTimeout(() => this.stop(), IDLE_MS).unref()
      return text
    } catch (error) {
      this.stop()
      throw new ReadingFailed('the process that reads pictures gave no answer', { cause: error })
    }
  }

  stop(): void {
    clearTimeout(this.#idle)
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }

  #start(): ChildProcess {
    const { main, data, root } = this.#packages
    const readable = [CHILD, PACKAGE, root].map((path) => `--allow-fs-read=${path}`)
    const child = fork(CHILD, [main, data], {
      execArgv: [`--max-old-space-size=${HEAP_MB}`, '--permission', '--allow-worker', ...readable],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    // Who waits is told by the time or the exit.
    child.on('error', () => {})
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined
    })
    // A server that ends waits for no picture.
    child.unref()
    child.channel?.unref()
    return child
  }
}

/** The next message of a process. @throws when it ends or takes too long */
async function answerOf(child: ChildProcess, withinMs: number): Promise<string> {
  const over = new AbortController()
  const abort = () => over.abort()
  const timer = setTimeout(abort, withinMs)
  child.once('exit', abort)
  try {
    const [answer] = await once(child, 'message', { signal: over.signal })
    return String(answer)
  } finally {
    clearTimeout(timer)
    child.off('exit', abort)
  }
}
