import { encryptMessage, sign } from '@shenpi/sdk/callbacks'
import type { CallbackFormat, CallbackMode } from '@shenpi/sdk/contract/states'

/** A message in the platform's words. Its members are sent in this order. */
export interface MessageFields {
  [name: string]: string | number | MessageFields | MessageFields[]
}

export interface MessageToSend {
  format: CallbackFormat
  mode: CallbackMode
  fields: MessageFields
  token: string
  /** Not looked at in plain mode. */
  encodingAesKey: string
  appid: string
  /** Unix seconds. */
  timestamp: number
  nonce: string
  /** 16 bytes that stand before an encrypted message. Default: nobody can foretell them. */
  random?: Uint8Array
}

export interface MessageBody {
  body: string
  contentType: string
  /** To be added to the receiver's URL: the signatures and, as `openid`, the message's sender. */
  query: Record<string, string>
}

/**
 * Make one message ready to be posted: its body in the receiver's format and mode, and the signatures.
 *
 * `signature` goes along in every mode: receivers exist that want both it and `msg_signature`.
 *
 * @throws Error when the mode is not plain and the key is not an EncodingAESKey, or the message has no ToUserName.
 */
export function toMessageBody(message: MessageToSend): MessageBody {
  const { format, mode, fields, token, encodingAesKey, appid, nonce, random } = message
  const write = format === 'xml' ? toXml : toJson
  const contentType = format === 'xml' ? 'text/xml' : 'application/json'
  const timestamp = String(message.timestamp)
  const { ToUserName, FromUserName } = fields
  const query: Record<string, string> = { signature: sign([token, timestamp, nonce]), timestamp, nonce }
  if (typeof FromUserName === 'string') query.openid = FromUserName
  if (mode === 'plain') return { body: write(fields), contentType, query }

  if (ToUserName === undefined) throw new Error('An encrypted message needs a ToUserName to stand outside.')
  const Encrypt = encryptMessage({ encodingAesKey, appid, message: write(fields), ...(random && { random }) })
  return {
    body: write(mode === 'secure' ? { ToUserName, Encrypt } : { ...fields, Encrypt }),
    contentType,
    query: { ...query, encrypt_type: 'aes', msg_signature: sign([token, timestamp, nonce, Encrypt]) },
  }
}

export function toJson(fields: MessageFields): string {
  return JSON.stringify(fields)
}

/**
 * One `<xml>` element on one line. Text stands in CDATA and numbers bare; an array becomes an element for each of
 * its items. Characters that XML cannot hold are left out.
 */
export function toXml(fields: MessageFields): string {
  return `<xml>${toElements(fields)}</xml>`
}

function toElements(fields: MessageFields): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => [value].flat().map((item) => `<${name}>${toContent(item)}</${name}>`))
    .join('')
}

function toContent(value: string | number | MessageFields): string {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? toCdata(value) : toElements(value)
}

/** Everything outside of `Char`, lone surrogates included. Source: XML 1.0, section 2.2. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** The one thing CDATA cannot hold is its own end, so that is spread over two. */
function toCdata(text: string): string {
  return `<![CDATA[${text.replace(NOT_XML, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
