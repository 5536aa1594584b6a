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

/** What only staff, a phone or time can bring about; the tests make it so. */
export type Given =
  | 'the merchant has pages 1 to 31'
  | 'device 2 was last shaken at 1437276018'
  | 'the merchant has 1000 groups'
  | 'group 1 holds 10,000 devices'
  | 'staff reject what the newcomer applied for'
  | 'staff reject what the merchant applied for'
  | 'staff approve what the merchant applied for'
  | 'a phone shakes near device 1, which has page 1'
  | 'people shook near devices 1 and 2 one and three days ago'
  | 'the disk of the pictures is gone'
  | 'the operator wants half of the devices to be in use'
  | 'the operator requires HTTPS'
  | 'the operator bans the merchant from the component'
  | 'the operator connects the merchant again'
  | 'the operator cancels the merchant’s access'
  | 'a second passes'
  | 'a minute passes'
  | 'half an hour less a second passes'
  | 'the stranger has forced 20 refreshes today'
  | 'the merchant has reset its quota 10 times this month'
  | 'the merchant and the stranger were refused something'
  | 'the stranger may make a call once a minute'
  | 'the stranger may make a call once a day'
  | 'the stranger has made 20,000 calls of the shop this second'
  | 'the stranger is served from 203.0.113.7 alone'

/** When the first case is told. Unit: Unix seconds. */
export const NOW = Date.parse('2026-03-15T12:00:00+08:00') / 1000

/** Midnight in China, so many days before the first case. Unit: Unix seconds. */
export const daysAgo = (days: number): number => NOW - (12 + 24 * days) * 3600

/** What the world finds out before the first case, with what documents show in its place. */
export const PLACES = {
  /** A web server with pictures, and with what is none. */
  site: 'https://shop.example.com',
  expiredToken: '1_expired',
  merchantsToken: '1_valid',
  /** The merchant's applications for its batches, and the stranger's: a number that is none of the merchant's. */
  firstBatch: 2,
  secondBatch: 3,
  strangersBatch: 101,
  /** The merchant's application for a category that is under review, and the stranger's. */
  auditId: 'AAAAAAAAAAEAAAAAAAAABA',
  strangersAuditId: 'AAAAAAAAAAIAAAAAAAAABA',
  /** The number of a batch of the merchant's, and one that it never had, in the same spelling. */
  batchAsAuditId: 'AAAAAAAAAAEAAAAAAAAAAg',
  nobodysAuditId: 'AAAAAAAAAAEAAAAAAA9CPw',
  /** Found out by cases, or by what is given. */
  newAuditId: 'AAAAAAAAAAEAAAAAAAAABQ',
  newBatch: 5,
  newStore: 100_000_004,
  ticket: 'e4f1c0d2a3b5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff',
  newToken: '1_3nFqk0W2r7yZ5sHd9LxPc1VbTgUaEiJoKmQwRhYtB8s',
  newPicture: 'http://127.0.0.1:8080/wechat_shakearound_pic/0/17735472001f0e9d8c7b6a594837261504f3e2d1c0/120',
  newMediaId: 'wxashop_MTc3MzU0NzIwMDFmMGU5ZDhjN2I2YTU5NDgzNzI2MTUwNGYzZTJkMWMw',
  newPhoto: 'http://127.0.0.1:8080/mmbiz/17735472001f0e9d8c7b6a594837261504f3e2d1c0/0',
  costMs: 1,
  stable: '1_9sBtYhRwQmKoJiEaUgTbVc1PxL9dHs5Zy7r2W0kqFn3',
  merchantsRid: '69b62ec0-09059ac5-34a8e2ea',
  strangersRid: '69b62ec0-5c1d90ab-7e33f0c2',
} as const
export type Place = keyof typeof PLACES

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
