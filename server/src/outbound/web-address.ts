import { OutboundRefused } from './outbound-refused.ts'

/** Where a request goes. Checks and connection go by `url`, and only the receiver reads `target`. */
export interface WebAddress {
  url: URL
  /** What stands in the first line of the request: path and query as they were written. */
  target: string
}

/** Everything before the path, as the URL standard ends it. */
const BEFORE_PATH = /^https?:[/\\]+[^/\\?#]*/i

/**
 * Read an address. Its path and query stay as they are: receivers exist whose frameworks tell `?s=/index` from
 * `?s=%2Findex`, and `?wechat2016` from `?wechat2016=`. Only what cannot stand in a request is percent-encoded.
 *
 * @throws OutboundRefused `url`
 * @example
 * parseWebAddress('http://one.test?wechat2016#top').target // '/?wechat2016'
 */
export function parseWebAddress(text: string): WebAddress {
  const url = URL.parse(text)
  if (!url) throw new OutboundRefused('url', 'This is not a valid URL.')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new OutboundRefused('url', 'The URL must start with http:// or https://.')
  }
  if (url.username || url.password) {
    throw new OutboundRefused('url', 'The URL must not contain a user name or a password.')
  }
  return { url, target: targetOf(text) ?? url.pathname + url.search }
}

/** The written path and query, without what the URL standard drops, or undefined where nobody could tell them apart. */
function targetOf(text: string): string | undefined {
  const written = text.replace(/^[\0- ]+|[\0- ]+$|[\t\n\r]/g, '')
  const before = BEFORE_PATH.exec(written)?.[0]
  if (before === undefined) return undefined
  const [rest = ''] = written.slice(before.length).split('#', 1)
  const encoded = rest.toWellFormed().replace(/[^!-~]+/gu, encodeURIComponent)
  return encoded.startsWith('/') ? encoded : `/${encoded.replace(/^\\/, '')}`
}

/** Where a redirect leads to. @throws OutboundRefused `url` */
export function followFrom({ url }: WebAddress, location: string): WebAddress {
  // Headers are read as Latin-1, while those who write more than ASCII there write UTF-8.
  const written = Buffer.from(location, 'latin1').toString()
  return parseWebAddress(URL.canParse(written) ? written : (URL.parse(written, url.href)?.href ?? written))
}
