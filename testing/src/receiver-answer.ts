/** What a receiver in process answers to a callback. `undefined`: nothing, until the sender gives up. */
export type ReceiverAnswer = { status: number; body: string } | undefined
