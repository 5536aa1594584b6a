import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { FairSemaphore, TooManyWaiting } from '../fair-semaphore.ts'
import type { PictureFormat } from './picture-format.ts'
import type { PictureHead } from './picture-head.ts'
import {
  DECODE_MAX_S,
  type InspectedPicture,
  lazySharp,
  rewritePicture,
  type Sharp,
  shrinkPicture,
} from './rewrite-picture.ts'

/**
 * Pictures wait beside those that cost about as much, so that a small one never waits for a large one, and each lane has
 * one decoder: three of Node's four threads for files and cryptography at most, and 365 MB. An account's waiting pictures
 * hold 2 MB each at most.
 * `upTo` is the highest `PictureHead.cost`.
 */
const LANES = [
  { upTo: 24_000_000, waitingPerAccount: 40 },
  { upTo: 80_000_000, waitingPerAccount: 20 },
  { upTo: Number.POSITIVE_INFINITY, waitingPerAccount: 5 },
] as const

interface Lane {
  upTo: number
  turns: FairSemaphore
}

/** How long a picture may wait for a decoder. Unit: milliseconds. Our choice. */
export const DECODER_WAIT_MS = 20_000
/** A JPEG without its end is unpacked twice. Unit: milliseconds. */
export const REWRITE_MAX_MS = 2 * DECODE_MAX_S * 1000

/** There was no decoder for a picture: its own account has too many, or others' took too long. */
export class DecodersBusy extends Error {
  override readonly name = 'DecodersBusy'
  /** The refusal for the caller. */
  readonly code: ProblemCode
  constructor(code: ProblemCode, message: string) {
    super(message)
    this.code = code
  }
}

/** The process's decoders. Accounts take turns at them. */
export class Decoders {
  readonly #lanes: readonly Lane[] = LANES.map(({ upTo, waitingPerAccount }) => ({
    upTo,
    turns: new FairSemaphore({ permits: 1, perAccount: 1, waitingPerAccount }),
  }))
  readonly #loadSharp = lazySharp()

  /**
   * Unpack a picture and write it anew, upright and without metadata, when it is the account's turn.
   *
   * @throws PictureRefused `unreadable`
   * @throws DecodersBusy
   */
  rewrite(accountId: number, head: PictureHead, format: PictureFormat): Promise<InspectedPicture> {
    return this.#inTurn(accountId, head, (sharp) => rewritePicture(sharp, head, format))
  }

  /**
   * The grey values of a picture that is ours, scaled to a size whatever its shape is.
   *
   * @throws Error when it cannot be unpacked
   * @throws DecodersBusy
   */
  shrink(accountId: number, head: PictureHead, size: { width: number; height: number }): Promise<Uint8Array> {
    return this.#inTurn(accountId, head, (sharp) => shrinkPicture(sharp, head, size))
  }

  async #inTurn<T>(accountId: number, head: PictureHead, use: (sharp: Sharp) => Promise<T>): Promise<T> {
    const lane = this.#laneOf(head)
    const patience = new AbortController()
    const waited = `no decoder was free for ${DECODER_WAIT_MS / 1000} s`
    const timer = setTimeout(() => patience.abort(new DecodersBusy('system.unavailable', waited)), DECODER_WAIT_MS)
    const work = async () => {
      clearTimeout(timer)
      return await use(await this.#loadSharp())
    }
    try {
      return await lane.turns.run(accountId, work, patience.signal)
    } catch (error) {
      if (!(error instanceof TooManyWaiting)) throw error
      throw new DecodersBusy('quota.burst', `more than ${error.limit} pictures of this size wait for a decoder`)
    } finally {
      clearTimeout(timer)
    }
  }

  #laneOf({ cost }: PictureHead): Lane {
    const lane = this.#lanes.find(({ upTo }) => cost <= upTo)
    if (!lane) throw new RangeError(`no lane takes a picture that costs ${cost}`)
    return lane
  }
}
