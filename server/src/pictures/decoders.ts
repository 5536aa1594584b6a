import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { FairSemaphore, TooManyWaiting } from '../fair-semaphore.ts'
import { mediaTypeOf, type PictureFormat } from './picture-format.ts'
import type { PictureHead } from './picture-head.ts'
import { PictureRefused, refuseAbove } from './picture-refused.ts'
import { PIXELS_MAX } from './read-head.ts'

export interface InspectedPicture {
  bytes: Buffer
  mediaType: string
  width: number
  height: number
}

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
/**
 * How long a decoder may be at a picture. Unit: seconds. Our choice: the costliest that is taken needs 1 to 2 on one core;
 * a busy machine may need longer.
 */
const DECODE_MAX_S = 10
/** A JPEG without its end is unpacked twice. Unit: milliseconds. */
export const REWRITE_MAX_MS = 2 * DECODE_MAX_S * 1000

/** There was no decoder for a picture: its own account has too many, or others' took too long. */
export class DecodersBusy extends Error {
  override readonly name = 'DecodersBusy'
  /** What it is to whoever waits for an answer. */
  readonly code: ProblemCode
  constructor(code: ProblemCode, message: string) {
    super(message)
    this.code = code
  }
}

/** How much of a JPEG must be there, of its rows from above. Our choice; browsers show what there is, grey below. */
const ROWS_MIN = 0.75

/** The process's decoders. Accounts take turns at them. */
export class Decoders {
  readonly #lanes: readonly Lane[] = LANES.map(({ upTo, waitingPerAccount }) => ({
    upTo,
    turns: new FairSemaphore({ permits: 1, perAccount: 1, waitingPerAccount }),
  }))

  /**
   * Unpack a picture and write it anew, upright and without metadata, when it is the account's turn.
   *
   * @throws PictureRefused `unreadable`
   * @throws DecodersBusy
   */
  async rewrite(accountId: number, head: PictureHead, format: PictureFormat): Promise<InspectedPicture> {
    const lane = this.#lanes.find(({ upTo }) => head.cost <= upTo) as Lane
    const patience = new AbortController()
    const waited = `no decoder was free for ${DECODER_WAIT_MS / 1000} s`
    const timer = setTimeout(() => patience.abort(new DecodersBusy('system.unavailable', waited)), DECODER_WAIT_MS)
    const work = () => {
      clearTimeout(timer)
      return rewrite(head, format)
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
}

/** Loaded at the first picture: it is a good part of a cold start. */
let loaded: ReturnType<typeof loadSharp> | undefined

async function loadSharp() {
  const { default: sharp } = await import('sharp')
  // No other loader ever sees a stranger's bytes, whatever they look like.
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadNsgifBuffer'],
  })
  // A decoder is one thread, and nothing of a picture is kept.
  sharp.concurrency(1)
  sharp.cache(false)
  return sharp
}

async function rewrite(head: PictureHead, format: PictureFormat): Promise<InspectedPicture> {
  loaded ??= loadSharp().catch((error) => {
    loaded = undefined
    throw error
  })
  const sharp = await loaded
  const open = (failOn: 'none' | 'truncated' | 'error') =>
    sharp(head.essence, { limitInputPixels: PIXELS_MAX, failOn, animated: format === 'gif' }).timeout({
      seconds: DECODE_MAX_S,
    })
  try {
    if (head.lacksRows) {
      const height = Math.ceil(head.height * ROWS_MIN)
      await open('truncated').extract({ left: 0, top: 0, width: head.width, height }).raw().toBuffer()
    }
    const picture = open(format === 'jpeg' ? 'none' : 'error').autoOrient()
    const options = head.cost > TIGHT_MAX_COST ? { ...WRITTEN[format], compressionLevel: 1 } : WRITTEN[format]
    const { data, info } = await picture.toFormat(format, options).toBuffer({ resolveWithObject: true })
    refuseAbove(WRITTEN_MAX_BYTES, data.length, 'bytes when it is written anew')
    return { bytes: data, mediaType: mediaTypeOf(format), width: info.width, height: info.pageHeight ?? info.height }
  } catch (error) {
    if (error instanceof PictureRefused) throw error
    throw new PictureRefused('unreadable', explain((error as Error).message))
  }
}

/** Settings that need neither much memory nor much time: tables made for one picture alone would take both. */
const WRITTEN = { jpeg: { quality: 92, optimiseCoding: false }, png: {}, gif: { effort: 1 } } as const
/** PNGs that cost more are packed less tightly. Unit: that of `PictureHead.cost`. */
const TIGHT_MAX_COST = 50_000_000
/** What a picture may weigh as it is written anew. Unit: bytes. Our choice: photos of 2 MB come to some 6 MB at most. */
const WRITTEN_MAX_BYTES = 16 * 1024 * 1024

function explain(message: string): string {
  if (message.includes('timeout')) return `the picture takes more than ${DECODE_MAX_S} s to unpack, which is the most`
  if (message.includes('premature end')) return `the JPEG breaks off: less than ${ROWS_MIN * 100} % of it are there`
  return `the picture does not decode: ${message}`
}
