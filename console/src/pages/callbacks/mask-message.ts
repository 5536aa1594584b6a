/** Whom a message is from: the platform's own team may be told. */
const SENDER = 'FromUserName'
const PLATFORM = /^oShenpiPlatform/

/** A message without who of a merchant's users it is about. */
export function maskMessage(message: unknown): { shown: unknown; isMasked: boolean } {
  if (typeof message !== 'object' || message === null || !(SENDER in message))
    return { shown: message, isMasked: false }
  const sender = String(message[SENDER])
  if (PLATFORM.test(sender)) return { shown: message, isMasked: false }
  return { shown: { ...message, [SENDER]: `${sender.slice(0, 4)}…` }, isMasked: true }
}
