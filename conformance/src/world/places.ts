import type { Places } from '../fill.ts'
import { CREDENTIALS, daysAgo, NOW, PACKETS, PICTURES, STORES, STRANGERS, UUID } from './world.ts'

const merge = (parts: readonly Places[]): Places => Object.assign({}, ...parts)
const numbered = (last: number, of: (number: number) => Places): Places =>
  merge(Array.from({ length: last }, (_, index) => of(index + 1)))

/** An account's, by the name of the member that it is. */
export const credentialPlaces = (member: string, { appid, secret }: { appid: string; secret: string }): Places => ({
  [`${member}Appid`]: appid,
  [`${member}AppidInCapitals`]: appid.toUpperCase(),
  [`${member}Secret`]: secret,
})

/** A picture's link, what it is without its host, and under other hosts: as long as a link may be, and longer. */
export function linkPlaces(place: string, link: string): Places {
  const { pathname } = new URL(link)
  const ofLength = (length: number) => `http://${'p'.repeat(length - 'http://'.length - pathname.length)}${pathname}`
  return {
    [place]: link,
    [`${place}Path`]: pathname,
    [`${place}Of2048`]: ofLength(2048),
    [`${place}Of2049`]: ofLength(2049),
  }
}

/** A device, by its number among those of the world. */
export const devicePlaces = (
  number: number,
  beacon: { device_id: number; uuid: string; major: number; minor: number },
) => ({
  [`device${number}`]: beacon.device_id,
  [`uuid${number}`]: beacon.uuid,
  [`uuid${number}InSmallLetters`]: beacon.uuid.toLowerCase(),
  [`major${number}`]: beacon.major,
  [`minor${number}`]: beacon.minor,
})

/** Red packets as they are pre-ordered: what is wrong with one, if anything, is in its name. @param of tells a run from others */
export const packetPlaces = (of: string): Places =>
  Object.fromEntries(PACKETS.map(({ place }) => [place, `v1|${of}-${place}`]))

/** A rid of a second, which nobody was given. */
const ridOf = (seconds: number) => `${seconds.toString(16).padStart(8, '0')}-09059ac5-34a8e2ea`

const DAYS_MAX = 92
/** Unit: seconds. */
const HOUR_S = 3600
const DAY_S = 24 * HOUR_S

/** What depends on when it is asked. Unit of `now` and of the days: Unix seconds. */
export const timePlaces = (now: number): Places => ({
  now,
  ...Object.fromEntries(Array.from({ length: DAYS_MAX + 1 }, (_, days) => [`daysAgo${days}`, daysAgo(days, now)])),
  anHourAgo: now - HOUR_S,
  inAnHour: now + HOUR_S,
  inAWeek: now + 7 * DAY_S,
  in91DaysLessAnHour: now - HOUR_S + 91 * DAY_S,
  in91DaysLessAnHourAndASecond: now - HOUR_S + 91 * DAY_S + 1,
  twoHoursIntoDaysAgo3: daysAgo(3, now) + 7200,
  ridOfNow: ridOf(now),
  ridOfSevenDaysAgo: ridOf(now - 7 * 24 * 3600),
  ridOfEightDaysAgo: ridOf(daysAgo(8, now)),
})

/**
 * What a server gives numbers and links of its own, or finds out: cases name it as `{place}`. This is what it is in the
 * world of the server's tests, and what documents show.
 */
export const PLACES: Places = {
  ...merge(Object.entries(CREDENTIALS).map(([member, credentials]) => credentialPlaces(member, credentials))),
  ...merge(
    Object.entries(PICTURES).flatMap(([member, { icon, license, picture, mediaId, photo }]) => [
      linkPlaces(`${member}Icon`, icon),
      linkPlaces(`${member}Picture`, picture),
      linkPlaces(`${member}Photo`, photo),
      { [`${member}License`]: license, [`${member}MediaId`]: mediaId },
    ]),
  ),
  ...timePlaces(NOW),
  ...numbered(8, (device) => devicePlaces(device, { device_id: device, uuid: UUID, major: 1, minor: device })),
  ...numbered(31, (page) => ({ [`page${page}`]: page })),
  /** Whether device 2 was shaken, and when. */
  status2: 1,
  lastActive2: 1_437_276_018,
  /** Seconds that a token lives, and calls that an account has. */
  tokenLife: 7200,
  callsADay: 2_147_483_647,
  callsUsed: 0,
  callsLeft: 2_147_483_647,
  group1: 1,
  group2: 2,
  store: STORES.approved,
  storeUnderReview: STORES.underReview,
  deletedStore: STORES.deleted,
  strangersStore: STORES.strangers.approved,
  strangersStoreUnderReview: STORES.strangers.underReview,
  strangersRejectedStore: STORES.strangers.rejected,
  strangersDeletedStore: STORES.strangers.deleted,
  strangersPage: STRANGERS.page,
  strangersGroup: STRANGERS.group,
  /** How many stores the merchant has behind those that it adds. */
  storesInAll: 5,
  /** How many pages the stranger has behind the one that it adds. */
  strangersPagesInAll: 2,
  addedStore: 100_000_001,
  secondAddedStore: 100_000_002,
  thirdAddedStore: 100_000_003,
  /** Devices beyond the ceiling of 10,000, of which the merchant has six. */
  moreThanIsLeft: 10_000 - 6 + 1,
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
  lottery1: '111',
  lottery2: '112',
  fullLottery: '113',
  lastingLottery: '114',
  strangersLottery: '121',
  lotteryPage: 1,
  ...packetPlaces('abc'),
  ticket: 'e4f1c0d2a3b5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff',
  newToken: '1_3nFqk0W2r7yZ5sHd9LxPc1VbTgUaEiJoKmQwRhYtB8s',
  newPicture: 'http://127.0.0.1:8080/wechat_shakearound_pic/0/17735472001f0e9d8c7b6a594837261504f3e2d1c0/120',
  newMediaId: 'wxashop_MTc3MzU0NzIwMDFmMGU5ZDhjN2I2YTU5NDgzNzI2MTUwNGYzZTJkMWMw',
  newPhoto: 'http://127.0.0.1:8080/mmbiz/17735472001f0e9d8c7b6a594837261504f3e2d1c0/0',
  costMs: 1,
  stable: '1_9sBtYhRwQmKoJiEaUgTbVc1PxL9dHs5Zy7r2W0kqFn3',
  merchantsRid: '69b62ec0-09059ac5-34a8e2ea',
  strangersRid: '69b62ec0-5c1d90ab-7e33f0c2',
}
