import { WIRE_CALLS } from '@shenpi/sdk/calls/wire'
import { Type } from '@shenpi/sdk/contract/schema'
import type { Static } from '@sinclair/typebox'

/** The largest file that is read, and so the largest that is written. Unit: bytes. */
export const RECORDING_MAX_BYTES = 64 * 1024 * 1024
/** The most exchanges of a file. */
export const EXCHANGES_MAX = 100_000
/** The most parts of a recorded form. Source: docs/protocol/conventions.md, body limits. */
export const PARTS_MAX = 40

/** The first line of a file that `shenpi record` writes. */
export const FORMAT = 'shenpi-recording'
export const VERSION = 1

const text = (maxLength: number) => Type.String({ maxLength })

/** A part of an uploaded form: a field with its value, or a file by its shape. */
const Part = Type.Object({
  name: text(256),
  value: Type.Optional(text(64 * 1024)),
  /** What the file calls itself. */
  file: Type.Optional(text(256)),
  type: Type.Optional(text(256)),
  bytes: Type.Optional(Type.Integer({ minimum: 0, maximum: 16 * 1024 * 1024 })),
  /** What its content is, whatever it says it is. */
  format: Type.Optional(text(16)),
  width: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
  height: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
})
export type FormPart = Static<typeof Part>

/** A body: JSON as its value, anything else as its text, or why neither is there. */
const body = {
  body: Type.Optional(Type.Unknown()),
  text: Type.Optional(Type.String()),
  left_out: Type.Optional(text(256)),
}

/** One request and what it was answered, as a line of a recording holds them. */
export const Exchange = Type.Object({
  at: Type.Optional(text(40)),
  method: Type.String({ pattern: '^[A-Z]{1,16}$' }),
  /** Path and query; of another server's the rest is passed over. */
  url: Type.String({ minLength: 1, maxLength: 16_384 }),
  type: Type.Optional(text(256)),
  ...body,
  form: Type.Optional(Type.Array(Part, { maxItems: PARTS_MAX })),
  answer: Type.Optional(
    Type.Object({
      status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
      type: Type.Optional(text(256)),
      ...body,
    }),
  ),
  /** Why there is no answer. */
  failure: Type.Optional(text(1024)),
})
export type Exchange = Static<typeof Exchange>
export type Answer = NonNullable<Exchange['answer']>

/** An exchange, and the line of its file that it begins in. */
export interface RecordedExchange extends Exchange {
  line: number
}

/** A file that is no recording: where, and why. */
export class BrokenRecording extends Error {
  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`)
    this.name = 'BrokenRecording'
  }
}

/** Path and query of an exchange, whatever host it was recorded from. */
export function targetOf({ url }: Pick<Exchange, 'url'>): URL {
  // Two slashes would begin a host.
  return new URL(url.startsWith('/') ? `http://recorded.invalid${url}` : url, 'http://recorded.invalid')
}

const PATHS: ReadonlySet<string> = new Set(
  Object.values(WIRE_CALLS).flatMap((calls) => Object.values(calls).map(({ path }) => path)),
)

/** Other calls of the platform are neither recorded nor compared: nobody here knows what is secret in them. */
export const isCallOfWire = (path: string): boolean => PATHS.has(path)
