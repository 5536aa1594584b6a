import type { CreditCodeReading } from '@shenpi/sdk/contract/credit-code'
import type { ReadingState } from '@shenpi/sdk/contract/states'
import { FairSemaphore, TooManyWaiting, WaitedTooLong } from '../fair-semaphore.ts'
import { DecodersBusy } from '../pictures/decoders.ts'
import { codesInText } from './codes-in-text.ts'
import { findOcrPackages } from './ocr-packages.ts'
import { type GreyPicture, ReadingFailed, ReadingProcess } from './reading-process.ts'

/** Pictures that may wait in all, of one account, and how long. Unit of the last: milliseconds. */
const WAITING_MAX = 100
const WAITING_OF_ACCOUNT = 10
const LONGEST_WAIT_MS = 15_000
/** Pictures of which is kept what was read, and how long it is kept that one could not be. Unit of the last: milliseconds. */
const KEPT_MAX = 1_000
const FAILURE_KEPT_MS = 600_000

/** What reading a picture came to, with the codes that were read. */
export interface CodesOfPicture {
  state: ReadingState
  codes: readonly CreditCodeReading[]
}

/** Reads the credit codes of pictures, one at a time and each once; accounts take turns. */
export class PictureReader {
  readonly #process: Pick<ReadingProcess, 'read' | 'stop'>
  readonly #turns = new FairSemaphore({
    permits: 1,
    perAccount: 1,
    waitingPerAccount: WAITING_OF_ACCOUNT,
    longestWaitMs: LONGEST_WAIT_MS,
  })
  /** By the digest of the picture, those that are under way too. */
  readonly #kept = new Map<string, Promise<CodesOfPicture>>()
  #under = 0

  constructor(process: Pick<ReadingProcess, 'read' | 'stop'>) {
    this.#process = process
  }

  /** @param unpack makes the picture, when it is its turn; what it throws is thrown */
  async read(accountId: number, digest: string, unpack: () => Promise<GreyPicture>): Promise<CodesOfPicture> {
    const kept = this.#kept.get(digest)
    if (kept) return await kept
    const reading = this.#inTurn(accountId, unpack)
    this.#kept.set(digest, reading)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_MAX) break
      this.#kept.delete(oldest)
    }
    const forget = (ms: number) => setTimeout(() => this.#kept.delete(digest), ms).unref()
    reading.then(
      ({ state }) => state !== 'read' && forget(state === 'failed' ? FAILURE_KEPT_MS : 0),
      () => forget(0),
    )
    return await reading
  }

  stop(): void {
    this.#process.stop()
  }

  async #inTurn(accountId: number, unpack: () => Promise<GreyPicture>): Promise<CodesOfPicture> {
    if (this.#under >= WAITING_MAX) return { state: 'busy', codes: [] }
    this.#under += 1
    try {
      const text = await this.#turns.run(accountId, async () => await this.#process.read(await unpack()))
      return { state: 'read', codes: codesInText(text) }
    } catch (error) {
      if (error instanceof TooManyWaiting || error instanceof WaitedTooLong || error instanceof DecodersBusy) {
        return { state: 'busy', codes: [] }
      }
      if (error instanceof ReadingFailed) return { state: 'failed', codes: [] }
      throw error
    } finally {
      this.#under -= 1
    }
  }
}

/** @param folder where the packages were installed, as `findOcrPackages` takes it */
export const createReader = (folder: string | undefined): PictureReader =>
  new PictureReader(new ReadingProcess(findOcrPackages(folder)))
