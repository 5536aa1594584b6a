import type { Entropy } from '../entropy/entropy.ts'

/** Receivers read it as a number of 64 bits, and the platform's own has at most 10 digits. */
export function newNonce(entropy: Entropy, accountId: number): string {
  return entropy.draw(accountId, 'nonce', 4).readUInt32BE().toString()
}

/**
 * The merchant's address with our arguments behind its own. What was set is neither decoded nor encoded anew: receivers
 * find their way by `?s=/index/wechat/api` or `?wechat2016`, and sign for what they have read.
 *
 * @example
 * toPushAddress('https://shop.test/?wechat2016#top', { nonce: '7' }) // 'https://shop.test/?wechat2016&nonce=7'
 */
export function toPushAddress(url: string, query: Record<string, string>): string {
  const [address = ''] = url.trim().split('#', 1)
  const joint = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return `${address}${joint}${new URLSearchParams(query)}`
}
