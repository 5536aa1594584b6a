/** Who calls in the cases. */
export const MEMBERS = {
  merchant: 'the sandbox’s account; everything is open for it, and it has what the cases name',
  stranger: 'everything is open for it too; what it has, the merchant must not see',
  waiting: 'everything is open for it; a batch of its is under review',
  applicant: 'its applications for Shake Nearby and for the shop component are under review',
  newcomer: 'it has pictures and nothing else',
  banned: 'the shop component was taken from it',
  unverified: 'the operator says that it is not verified',
  frozen: 'the operator froze it after it got its token',
  secretFrozen: 'the operator froze its secret',
} as const
export type Member = keyof typeof MEMBERS

/** What everybody knows of each. */
export const CREDENTIALS = {
  merchant: { appid: 'wx5a6e70692d73616e', secret: '73616e64626f782d736563726574203a' },
  stranger: { appid: 'wx00000000000000aa', secret: 'a'.repeat(32) },
  waiting: { appid: 'wx00000000000000bb', secret: 'b'.repeat(32) },
  applicant: { appid: 'wx00000000000000cc', secret: 'c'.repeat(32) },
  newcomer: { appid: 'wx00000000000000dd', secret: 'd'.repeat(32) },
  banned: { appid: 'wx00000000000000b1', secret: '1'.repeat(32) },
  unverified: { appid: 'wx00000000000000b2', secret: '2'.repeat(32) },
  frozen: { appid: 'wx00000000000000b3', secret: '3'.repeat(32) },
  secretFrozen: { appid: 'wx00000000000000b4', secret: '4'.repeat(32) },
} as const satisfies Record<Member, { appid: string; secret: string }>

/** When the first case is told. Unit: Unix seconds. */
export const NOW = Date.parse('2026-03-15T12:00:00+08:00') / 1000

const DAY_S = 24 * 3600
/** China is so far ahead of UTC, all year. */
const CHINA_S = 8 * 3600

/** Midnight in China, so many days before `now`. Unit: Unix seconds. */
export function daysAgo(days: number, now: number = NOW): number {
  const secondsOfDay = (now + CHINA_S) % DAY_S
  return now - secondsOfDay - days * DAY_S
}

/** Who shakes. */
export const OPENID = 'o-AbCdEf0123456789'

export const UUID = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'

/** Devices by whose they are. */
export const DEVICES = {
  /** The merchant's first batch: remark `floor 1`, store 1234. */
  first: [1, 2, 3],
  /** Its second: without remark and store. */
  second: [4, 5],
  strangers: [6, 7],
  /** Its third: remark `door`. */
  third: [8],
} as const

/** Stores by whose they are and how they stand; those without an owner's name are the merchant's. */
export const STORES = {
  approved: 1234,
  underReview: 1235,
  deleted: 1236,
  strangers: { approved: 501, underReview: 502, rejected: 503, deleted: 504 },
} as const

/** A page and a group of the stranger's, with numbers that the merchant does not reach. */
export const STRANGERS = { page: 777_777, group: 777_777 } as const
/** Who pre-ordered red packets at WeChat Pay. */
export const MCHID = '10000098'
export interface Packet {
  /** The name of its place. */
  place: string
  /** Unit: fen. */
  amount: number
  isExpired?: true
  mchid?: string
  authMchid?: string
}
/** Red packets of the merchant, and what differs from one that is valid. */
export const PACKETS: readonly Packet[] = [
  { place: 'packet1', amount: 100 },
  { place: 'packet2', amount: 100_000 },
  { place: 'packet3', amount: 250 },
  { place: 'packet4', amount: 250 },
  { place: 'packetTooSmall', amount: 99 },
  { place: 'packetTooLarge', amount: 100_001 },
  { place: 'packetExpired', amount: 100, isExpired: true },
  { place: 'packetOfAnother', amount: 100, mchid: '10000099' },
  { place: 'packetUnauthorized', amount: 100, authMchid: '10000098' },
]
/** A number that nobody has. */
export const UNKNOWN = 999_999

/** Categories of the sandbox's tree, by how they stand for the merchant. */
export const CATEGORIES = {
  granted: { level1: 1001, level2: 1014, level3: 1017 },
  underReview: { level1: 7419, level2: 7439, level3: 7448 },
  /** Needs no qualification. */
  free: { level1: 6472, level2: 6489, level3: 6493 },
  /** A qualification is optional, and nobody has applied for it. */
  optional: { level1: 7419, level2: 7475, level3: 7478 },
} as const

/** A key as a picture's link has it. */
const keyOf = (owner: string, kind: string) => `14000000${owner}${kind.repeat(32)}`

const picturesOf = (owner: string, appid: string) => ({
  icon: `http://shp.qpic.cn/wechat_shakearound_pic/0/${keyOf(owner, 'a')}/120`,
  license: `http://shp.qpic.cn/wx_shake_bus/0/${keyOf(owner, 'b')}/0`,
  picture: `https://mmecimage.cn/p/${appid}/${keyOf(owner, 'c')}`,
  mediaId: `wxashop_${btoa(keyOf(owner, 'c')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`,
  photo: `http://mmbiz.qpic.cn/mmbiz/${keyOf(owner, 'd')}/0`,
})

/** Each member's uploaded pictures: links and ids as the upload calls answered them. */
export const PICTURES = {
  merchant: picturesOf('01', CREDENTIALS.merchant.appid),
  stranger: picturesOf('02', CREDENTIALS.stranger.appid),
  waiting: picturesOf('03', CREDENTIALS.waiting.appid),
  applicant: picturesOf('04', CREDENTIALS.applicant.appid),
  newcomer: picturesOf('05', CREDENTIALS.newcomer.appid),
  unverified: picturesOf('06', CREDENTIALS.unverified.appid),
  /** Nobody uploaded these. */
  nobody: picturesOf('00', 'wx0000000000000000'),
} as const
