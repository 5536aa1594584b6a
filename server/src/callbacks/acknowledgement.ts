import { PushRefused, parseMessage } from '@shenpi/sdk/callbacks'

/**
 * Whether an answer acknowledges the message: with status 200 `success`, nothing, or a reply with content,
 * plain or encrypted. Nobody is told what a reply says. Source: docs/protocol/callbacks.md, delivery.
 */
export function isAcknowledgement({ status, text }: { status: number; text: string }): boolean {
  return status === 200 && (text === '' || text === 'success' || isReply(text))
}

function isReply(text: string): boolean {
  try {
    const { MsgType, Encrypt } = parseMessage(text)
    return typeof MsgType === 'string' || typeof Encrypt === 'string'
  } catch (error) {
    if (error instanceof PushRefused) return false
    throw error
  }
}
