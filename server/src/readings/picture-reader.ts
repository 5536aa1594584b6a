import type { CreditCodeReading } from '@shenpi/sdk/contract/credit-code'
import { FairSemaphore, TooManyWaiting, WaitedTooLong } from '../fair-semaphore.ts'
import { DecodersBusy } from '../pictures/decoders.ts'
import { Problem } from '../problem.ts'
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
  readonly #kept = new Map<string, Promise<CreditCodeReading[]>>()
  #under = 0

  constructor(process: Pick<ReadingProcess, 'read' | 'stop'>) {
    this.#process = process
  }

  /**
   * @param unpack makes the picture, when it is its turn
   * @throws Problem `reading.busy`, `reading.failed`
   */
  async read(
    accountId: number,
    digest: string,
    unpack: () => Promise<GreyPicture>,
  ): Promise<readonly CreditCodeReading[]> {
    const kept = this.#kept.get(digest)
    if (kept) return await kept
    const reading = this.#inTurn(accountId, unpack)
    this.#kept.set(digest, reading)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_MAX) break
      this.#kept.delete(oldest)
    }
    try {
      return await reading
    } catch (error) {
      const isOfPicture = error instanceof Problem && error.code === 'reading.failed'
      setTimeout(() => this.#kept.delete(digest), isOfPicture ? FAILURE_KEPT_MS : 0).unref()
      throw error
    }
  }

  stop(): void {
    this.#process.stop()
  }

  async #inTurn(accountId: number, unpack: () => Promise<GreyPicture>): Promise<CreditCodeReading[]> {
    if (this.#under >= WAITING_MAX) throw new Problem('reading.busy')
    this.#under += 1
    try {
      return await this.#turns.run(accountId, async () => codesInText(await this.#process.read(await unpack())))
    } catch (error) {
      if (error instanceof TooManyWaiting || error instanceof WaitedTooLong || error instanceof DecodersBusy) {
        throw new Problem('reading.busy')
      }
      if (error instanceof ReadingFailed) throw new Problem('reading.failed')
      throw error
    } finally {
      this.#under -= 1
    }
  }
}

/** @param folder where the packages were installed, as `findOcrPackages` takes it */
export const createReader = (folder: string | undefined): PictureReader =>
  new PictureReader(new ReadingProcess(findOcrPackages(folder)))
