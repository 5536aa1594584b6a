import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Card, choosePage, type HeardDevice, isNearStore, orderCards, withTicket } from './shake.ts'
import { shakeEventFields } from './shake-event.presenter.ts'

const UUID = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'

const aDevice = (deviceId: number, distance = 1, accountId = 1): HeardDevice => ({
  accountId,
  deviceId,
  uuid: UUID,
  major: 0,
  minor: deviceId,
  distance,
})

const aCard = (deviceId: number, { distance = 1, pageId = deviceId, accountId = 1, nearStore = false } = {}): Card => ({
  device: aDevice(deviceId, distance, accountId),
  page: { pageId, title: '', description: '', pageUrl: '', lotteryNo: null, iconUrl: '' },
  nearStore,
})

describe('the order of cards', () => {
  const CASES = [
    { name: 'the nearest beacon first', cards: [aCard(1, { distance: 2 }), aCard(2, { distance: 1 })], shown: [2, 1] },
    {
      name: 'a store nearby before any distance',
      cards: [
        aCard(1, { distance: 1 }),
        aCard(2, { distance: 9, nearStore: true }),
        aCard(3, { distance: 8, nearStore: true }),
      ],
      shown: [3, 2, 1],
    },
    { name: 'as they were heard when nothing tells them apart', cards: [aCard(2), aCard(1)], shown: [2, 1] },
    {
      name: 'a page that two devices bring once, for the nearer',
      cards: [aCard(1, { distance: 2, pageId: 5 }), aCard(2, { distance: 1, pageId: 5 })],
      shown: [2],
    },
    {
      name: 'two accounts may number their pages alike',
      cards: [aCard(1, { pageId: 5 }), aCard(2, { pageId: 5, accountId: 2 })],
      shown: [1, 2],
    },
    { name: 'nothing of nothing', cards: [], shown: [] },
  ]
  for (const { name, cards, shown } of CASES) {
    test(name, () => {
      assert.deepEqual(
        orderCards(cards).map(({ device }) => device.deviceId),
        shown,
      )
    })
  }
})

test('each of several pages is equally likely', () => {
  assert.equal(
    choosePage([], () => 0),
    undefined,
  )
  assert.deepEqual(
    [0, 0.33, 0.34, 0.66, 0.67, 0.999].map((random) => choosePage(['a', 'b', 'c'], () => random)),
    ['a', 'a', 'b', 'b', 'c', 'c'],
  )
})

test('a store is near within 1 km along the ground', () => {
  const phone = { latitude: 22.54, longitude: 114.06 }
  // A degree of latitude is 111,195 m.
  assert.equal(isNearStore(phone, { ...phone, latitude: 22.54 + 999 / 111_195 }), true)
  assert.equal(isNearStore(phone, { ...phone, latitude: 22.54 + 1001 / 111_195 }), false)
})

describe('a ticket in a link', () => {
  for (const [link, joined] of [
    ['https://example.com/p', 'https://example.com/p?ticket=f00d'],
    ['https://example.com', 'https://example.com?ticket=f00d'],
    ['https://example.com/p?a=1', 'https://example.com/p?a=1&ticket=f00d'],
    ['https://example.com/p?', 'https://example.com/p?ticket=f00d'],
    ['https://example.com/p?a=1&', 'https://example.com/p?a=1&ticket=f00d'],
    ['https://example.com/p#top', 'https://example.com/p?ticket=f00d#top'],
    ['https://example.com/p?a=1#/route?b=2', 'https://example.com/p?a=1&ticket=f00d#/route?b=2'],
    ['https://example.com/#/route?b=2', 'https://example.com/?ticket=f00d#/route?b=2'],
    ['http://example.com/店?q=%20 x', 'http://example.com/店?q=%20 x&ticket=f00d'],
  ] as const) {
    test(link, () => assert.equal(withTicket(link, 'f00d'), joined))
  }
})

describe('the beacons around in an event', () => {
  const chosen = aDevice(1)
  const around = (heard: HeardDevice[]) =>
    (shakeEventFields(chosen, heard).AroundBeacons as { AroundBeacon: { Minor: number }[] }).AroundBeacon.map(
      ({ Minor }) => Minor,
    )

  test('are the five nearest others of the account', () => {
    const heard = [8, 7, 6, 5, 4, 3, 2, 1].map((deviceId) => aDevice(deviceId, deviceId))
    assert.deepEqual(around(heard), [2, 3, 4, 5, 6])
  })
  test('become none where there is one, as a receiver in use fails on exactly one', () => {
    assert.deepEqual(around([chosen, aDevice(2)]), [])
    assert.deepEqual(around([chosen, aDevice(2), aDevice(3)]), [2, 3])
  })
  test('exclude those of other accounts', () => {
    assert.deepEqual(around([chosen, aDevice(2, 1, 9), aDevice(3, 1, 9), aDevice(4), aDevice(5)]), [4, 5])
  })
})
