import type { Messages } from '../zh.ts'

/** The server's own words are English; these stand where they are the wire's, or meant for programs. */
export const problems: Messages['problems'] = {
  'path.unknown': 'There is no such address.',
  'body.unparsable': 'The request cannot be read.',
  'body.too_large': 'That is too long. Shorten it and try again.',
  'body.charset_invalid': 'The request is in another encoding.',
  'system.unavailable': 'The server cannot do this right now. Try again in a moment.',
  'quota.burst': 'The server is busy. Try again in a moment.',
  'account.busy': 'Too many changes of this account wait for each other. Try again.',
  'api_key.invalid': 'Sign in first.',
  'batch.unknown': 'There is no such batch.',
  'ticket.invalid': 'The ticket is not valid.',
  'device.quota_exceeded': 'The account’s device ceiling does not allow so many.',
  'lottery.unknown': 'There is no such lottery.',
  'upload.too_large': 'The file is too large.',
  'fault.malformed': 'The fault that is asked for cannot be read.',
  'shop.not_connected': 'The mini program is not connected to the component.',
  'rid.unknown': 'No request of this rid is kept.',
}
