import type { PicturePurpose } from '@shenpi/sdk/contract/states'
import { toUnixSeconds } from '../time/unix-seconds.ts'

/**
 * The key in `/wx_shake_bus/0/…/0` of the published example of account/register. Every account of a sandbox may name it; in
 * other databases there is no such link.
 */
export const SAMPLE_DOCUMENT_KEY = '1428565236d03d864b7f43db9ce34df5f720509d0e'

const KEY = '[0-9]{10}[0-9a-f]{32}'
/** Any host or none, and what a path may begin with at a proxy. Links are kept as they were sent, and shown to phones. */
const BEFORE = '^(?:[Hh][Tt][Tt][Pp][Ss]?://[^\\s\\p{Cc}/?#@\\\\]+)?(?:/[^\\s\\p{Cc}/?#\\\\]+)*'
const SHAKE_LINK = new RegExp(`${BEFORE}/(?:wx_shake_bus|wechat_shakearound_pic)/0/(${KEY})/(?:0|120)$`, 'u')
const SHOP_LINK = new RegExp(`${BEFORE}/p/wx[0-9a-f]{16}/(${KEY})$`, 'u')
const STORE_LINK = new RegExp(`${BEFORE}/mmbiz/(${KEY})/0$`, 'u')
const MEDIA_ID = /^wxashop_([A-Za-z0-9_-]{56})$/

/** A key as the real platform's look: Unix seconds and 32 hex digits. Nobody guesses one. @param drawn 16 bytes */
export function newLinkKey(at: Date, drawn: Buffer): string {
  return `${toUnixSeconds(at)}${drawn.toString('hex')}`
}

/** The path of a picture under the server's public URL. Source: docs/protocol/shakearound.md, material/add; stores.md. */
export function toLinkPath(key: string, purpose: PicturePurpose, appid: string): string {
  if (purpose === 'icon') return `/wechat_shakearound_pic/0/${key}/120`
  if (purpose === 'license') return `/wx_shake_bus/0/${key}/0`
  if (purpose === 'store') return `/mmbiz/${key}/0`
  return `/p/${appid}/${key}`
}

export function toMediaId(key: string): string {
  return `wxashop_${Buffer.from(key).toString('base64url')}`
}

/** The picture's id on the payment platform. */
export function toPayMediaId(key: string): string {
  return `pay_${Buffer.from(key).toString('base64url')}`
}

/** The key in a link of ours, whatever host stands before it, or none at all as in the published example. */
export function parseLinkKey(reference: string): string | undefined {
  return SHAKE_LINK.exec(reference)?.[1] ?? SHOP_LINK.exec(reference)?.[1] ?? STORE_LINK.exec(reference)?.[1]
}

/** What a reference is that {@link isWebLink} takes, in words. */
export const A_WEB_LINK = 'an http or https link without a password'

/** Whether a picture can be fetched by a reference at all; whether it may be is for `outbound` to say. */
export function isWebLink(reference: string): boolean {
  const url = URL.parse(reference)
  return (url?.protocol === 'http:' || url?.protocol === 'https:') && url.username === '' && url.password === ''
}

/** The key in a media_id, or undefined when it is none. */
export function parseMediaId(reference: string): string | undefined {
  const encoded = MEDIA_ID.exec(reference)?.[1]
  const key = encoded && Buffer.from(encoded, 'base64url').toString('latin1')
  return key && new RegExp(`^${KEY}$`).test(key) ? key : undefined
}
