/** An answer of the wire as it came, refusals too. */
export interface WireAnswer {
  errcode: number
  errmsg: string
  // biome-ignore lint/suspicious/noExplicitAny: every call answers members of its own
  [member: string]: any
}

export interface CallOptions {
  /** What becomes of what the call submits, such as `[reject:营业执照不清晰;after=3wd]`: its header `X-Shenpi-Outcome`. */
  outcome?: string
  headers?: Record<string, string>
}

/** @param path of the wire, with or without the slash at its beginning */
export type CallWire = (path: string, body?: object, options?: CallOptions) => Promise<WireAnswer>
