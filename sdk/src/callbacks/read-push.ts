import { timingSafeEqual } from 'node:crypto'
import { isObject } from '../contract/is-object.ts'
import { decryptMessage } from './message-crypto.ts'
import { parseXml, type XmlMembers } from './parse-xml.ts'
import { sign } from './signature.ts'

/** The query of a push or of the verification, as `Object.fromEntries(url.searchParams)` gives it. */
export type PushQuery = Record<string, string | undefined>

/** A message as the platform words it, the same from XML and from JSON. */
export interface PushedMessage {
  /** The account's original ID, `gh_…`. */
  ToUserName: string
  FromUserName: string
  /** Unix seconds. With `FromUserName` it tells a repeat from a second event. */
  CreateTime: number
  MsgType: string
  Event?: string
  // biome-ignore lint/suspicious/noExplicitAny: every event has members of its own
  [member: string]: any
}

export interface Push {
  query: PushQuery
  /** As it came. */
  body: string
  /** The Token of the account's callback setting. */
  token: string
  /** Of the setting, where messages are encrypted. With it, a message that is not encrypted is refused. */
  encodingAesKey?: string
  appid: string
}

/** A request that is not from the platform, or not for this account. Answer 403 and look at nothing in it. */
export class PushRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PushRefused'
  }
}

/**
 * Whether `signature` was made with the account's Token. It covers timestamp and nonce, never a body.
 * Source: docs/protocol/callbacks.md, signature.
 */
export function verifySignature(token: string, query: PushQuery): boolean {
  return isSigned([token, query.timestamp ?? '', query.nonce ?? ''], query.signature)
}

/** The same for `msg_signature`, which covers the encrypted message. */
export function verifyMessageSignature(token: string, query: PushQuery, encrypted: string): boolean {
  return isSigned([token, query.timestamp ?? '', query.nonce ?? '', encrypted], query.msg_signature)
}

/**
 * The answer to the GET that verifies a callback URL: its `echostr`, unchanged.
 *
 * @throws PushRefused when it is not signed with the account's Token.
 */
export function answerVerification(token: string, query: PushQuery): string {
  if (!verifySignature(token, query)) throw new PushRefused('The signature is wrong.')
  return query.echostr ?? ''
}

/**
 * Read a pushed message in any mode and format: check who signed it, decrypt it, and see that it is for this account.
 *
 * In plain mode nothing protects the body: whoever sees one request can send another body with its signature. Where an
 * EncodingAESKey is given, only the encrypted message is believed, in compatible mode too.
 *
 * @throws PushRefused when it is not from the platform, or not for this account.
 */
export function readPush(push: Push): PushedMessage {
  // Whoever signed it writes these members into every message, and a reader of one finds out soonest.
  return parseMessage(push.encodingAesKey ? encryptedBody(push, push.encodingAesKey) : plainBody(push)) as PushedMessage
}

function plainBody({ query, body, token }: Push): string {
  if (!verifySignature(token, query)) throw new PushRefused('The signature is wrong.')
  return body
}

function encryptedBody({ query, body, token, appid }: Push, encodingAesKey: string): string {
  const { Encrypt } = parseMessage(body)
  if (typeof Encrypt !== 'string') throw new PushRefused('The message is not encrypted.')
  if (!verifyMessageSignature(token, query, Encrypt)) throw new PushRefused('The msg_signature is wrong.')
  const inner = decrypt(encodingAesKey, Encrypt)
  if (inner.appid !== appid) throw new PushRefused('The message is for another account.')
  return inner.message
}

/**
 * The members of a message's body, XML or JSON. From XML a number that stands bare is a number, text in CDATA is text;
 * a member that is repeated is a list, so `[value].flat()` reads one that may be.
 *
 * @throws PushRefused when it is neither.
 */
export function parseMessage(body: string): XmlMembers {
  try {
    if (/^\uFEFF?\s*</.test(body)) return parseXml(body)
    const message: unknown = JSON.parse(body)
    if (isMembers(message)) return message
  } catch (cause) {
    throw new PushRefused('The message cannot be read.', { cause })
  }
  throw new PushRefused('The message is no object.')
}

const isMembers = (value: unknown): value is XmlMembers => isObject(value)

function decrypt(encodingAesKey: string, ciphertext: string): { message: string; appid: string } {
  try {
    return decryptMessage({ encodingAesKey, ciphertext })
  } catch (cause) {
    throw new PushRefused('The message cannot be decrypted.', { cause })
  }
}

function isSigned(parts: readonly string[], signature = ''): boolean {
  const expected = Buffer.from(sign(parts))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
