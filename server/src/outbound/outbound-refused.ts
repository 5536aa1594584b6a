/** Which of the sender's rules or steps ended a request: `connect` is everything of the connection after the name. */
export type RefusalReason = 'address' | 'url' | 'timeout' | 'too_large' | 'dns' | 'connect'

/** A request that brought no answer. Its sentence names the host at most: paths and queries may carry secrets. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused'
  readonly reason: RefusalReason
  /** How long the receiver took until then, in milliseconds: as in an answer, our own delays are no part of it. 0: it was not asked. */
  durationMs = 0

  constructor(reason: RefusalReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** A request that was not sent, because its account has too much else to send. It says nothing of the receiver. */
export class OutboundBusy extends Error {
  override readonly name = 'OutboundBusy'
}
