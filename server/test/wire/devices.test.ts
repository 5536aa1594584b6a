import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { deviceBatches } from '@shenpi/sdk/contract/wire/device-batches'
import { devices } from '@shenpi/sdk/contract/wire/devices'

import { insertStore } from '../../src/stores/store.store.ts'
import { DATABASES } from '../databases.ts'
import { aBatch } from '../factories.ts'
import { accepted, ask } from './ask.ts'
import { activate, aMember, createWorld, type Member, type World } from './world.ts'

const { deviceApplyId } = deviceBatches
const { deviceSearch } = devices

for (const kind of DATABASES) {
  describe(`device/search on ${kind.name}`, () => {
    let world: World
    before(async () => {
      world = await createWorld(kind)
    })
    after(() => world[Symbol.asyncDispose]())

    describe('device/search', () => {
      let account: Member
      let batches: { applyId: number; ids: number[] }[]
      let ids: number[]
      before(async () => {
        account = await aMember(world.server)
        await activate(world.server, account)
        batches = []
        for (const quantity of [2, 60, 1, 5]) {
          const { data } = accepted(await ask(world, deviceApplyId, account, { body: aBatch({ quantity }) }))
          // Another account's devices lie between its batches.
          await ask(world, deviceApplyId, world.stranger, { body: aBatch() })
          const list = { type: 3, apply_id: data.apply_id, count: 50 }
          const first = accepted(await ask(world, deviceSearch, account, { body: list })).data.devices[0].device_id
          batches.push({ applyId: data.apply_id, ids: Array.from({ length: quantity }, (_, index) => first + index) })
        }
        ids = batches.flatMap((batch) => batch.ids)
      })

      const search = async (body: object) => {
        const { data } = accepted(await ask(world, deviceSearch, account, { body }))
        assert.equal(data.total_count, 68)
        return data.devices.map(({ device_id }: { device_id: number }) => device_id)
      }
      const uuid = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'
      const triple = (id: number) => ({ uuid, major: 1, minor: id })

      /** Source: docs/protocol/conventions.md, reading, R4. */
      const identifiers: readonly (readonly [name: string, identifier: (id: number, other: number) => object])[] = [
        ['a device_id', (device_id) => ({ device_id })],
        ['a device_id of digits', (id) => ({ device_id: String(id) })],
        ['a triple', (id) => triple(id)],
        [
          'a triple of digits',
          (id) => ({ ...triple(id), major: String(triple(id).major), minor: String(triple(id).minor) }),
        ],
        ['a triple in small letters', (id) => ({ ...triple(id), uuid: uuid.toLowerCase() })],
        ['all four', (device_id) => ({ device_id, ...triple(device_id) })],
        ["all four, the triple another device's", (device_id, other) => ({ device_id, ...triple(other) })],
        ['a device_id with nulls', (device_id) => ({ device_id, uuid: null, major: null, minor: null })],
        ['a device_id with zeros', (device_id) => ({ device_id, uuid: '', major: 0, minor: 0 })],
        ['a device_id with empty texts', (device_id) => ({ device_id, uuid: '', major: '', minor: '' })],
        ['a triple with null', (id) => ({ device_id: null, ...triple(id) })],
        ['a triple with 0', (id) => ({ device_id: 0, ...triple(id) })],
        ['a triple with a text of 0', (id) => ({ device_id: '0', ...triple(id) })],
        ['a triple with an empty text', (id) => ({ device_id: '', ...triple(id) })],
      ]
      for (const [name, identifier] of identifiers) {
        for (const type of [1, '1', null, undefined]) {
          test(`type ${type}: ${name}`, async () => {
            const [id, other] = [ids[40] as number, ids[3] as number]
            assert.deepEqual(await search({ type, device_identifiers: [identifier(id, other)] }), [id])
          })
        }
      }

      test('up to 50 named devices, each once, in the order of their ids', async () => {
        const named = ids.slice(10, 59).reverse()
        const device_identifiers = [...named, named[0]].map((device_id) => ({ device_id }))
        assert.deepEqual(await search({ type: 1, device_identifiers, count: 1, begin: 3 }), ids.slice(10, 59))
      })

      const pages: readonly (readonly [name: string, body: () => object, expected: () => number[]])[] = [
        ['an empty object', () => ({}), () => ids.slice(0, 50)],
        ['type 2 alone', () => ({ type: 2 }), () => ids.slice(0, 50)],
        ['type 2 in digits', () => ({ type: '2', last_seen: '0', count: '3' }), () => ids.slice(0, 3)],
        ['last_seen 0', () => ({ type: 2, last_seen: 0, count: 4 }), () => ids.slice(0, 4)],
        ['last_seen', () => ({ type: 2, last_seen: ids[4], count: 4 }), () => ids.slice(5, 9)],
        ['last_seen at the end of a batch', () => ({ type: 2, last_seen: ids[1], count: 2 }), () => ids.slice(2, 4)],
        [
          'last_seen of another account',
          () => ({ type: 2, last_seen: (ids[2] as number) - 1, count: 1 }),
          () => ids.slice(2, 3),
        ],
        ['last_seen over four batches', () => ({ type: 2, last_seen: ids[20], count: 50 }), () => ids.slice(21)],
        ['last_seen at the end', () => ({ type: 2, last_seen: ids.at(-1), count: 50 }), () => []],
        ['last_seen beyond', () => ({ type: 2, last_seen: Number.MAX_SAFE_INTEGER, count: 50 }), () => []],
        [
          'nulls',
          () => ({ type: 2, last_seen: null, count: null, begin: null, apply_id: null, device_identifiers: null }),
          () => ids.slice(0, 50),
        ],
        ['begin 0', () => ({ type: 2, begin: 0, count: 2 }), () => ids.slice(0, 2)],
        ['begin', () => ({ type: 2, begin: 5, count: 50 }), () => ids.slice(5, 55)],
        ['begin without a type', () => ({ begin: 61, count: 50 }), () => ids.slice(61)],
        ['begin at the end', () => ({ begin: 68, count: 50 }), () => []],
        ['begin beyond', () => ({ begin: Number.MAX_SAFE_INTEGER, count: 50 }), () => []],
        [
          'begin and last_seen: last_seen wins',
          () => ({ type: 2, begin: 5, last_seen: ids[30], count: 3 }),
          () => ids.slice(31, 34),
        ],
        [
          'begin and last_seen 0: last_seen wins',
          () => ({ type: 2, begin: 5, last_seen: 0, count: 3 }),
          () => ids.slice(0, 3),
        ],
        [
          'a batch',
          () => ({ type: 3, apply_id: batches[1]?.applyId, last_seen: 0, count: 50 }),
          () => ids.slice(2, 52),
        ],
        ['a batch in digits', () => ({ type: '3', apply_id: String(batches[0]?.applyId) }), () => ids.slice(0, 2)],
        ['a batch without a type', () => ({ apply_id: batches[2]?.applyId }), () => ids.slice(62, 63)],
        [
          'the rest of a batch',
          () => ({ type: 3, apply_id: batches[1]?.applyId, last_seen: ids[51], count: 50 }),
          () => ids.slice(52, 62),
        ],
        [
          'a batch from before it',
          () => ({ type: 3, apply_id: batches[3]?.applyId, last_seen: ids[0], count: 2 }),
          () => ids.slice(63, 65),
        ],
        [
          'a batch by begin',
          () => ({ type: 3, apply_id: batches[1]?.applyId, begin: 55, count: 50 }),
          () => ids.slice(57, 62),
        ],
        [
          'a batch by begin without a type',
          () => ({ apply_id: batches[1]?.applyId, begin: 1, count: 1 }),
          () => ids.slice(3, 4),
        ],
        ['a batch by begin beyond', () => ({ type: 3, apply_id: batches[0]?.applyId, begin: 2, count: 50 }), () => []],
        [
          'type 2 with a batch: all',
          () => ({ type: 2, apply_id: batches[1]?.applyId, count: 1 }),
          () => ids.slice(0, 1),
        ],
      ]
      for (const [name, body, expected] of pages) {
        test(name, async () => assert.deepEqual(await search(body()), expected()))
      }

      test('all pages by last_seen and all pages by begin contain all devices', async () => {
        for (const count of [1, 7, 50]) {
          const seen: number[] = []
          const passed: number[] = []
          // Enough pages for all of them, and one more, which is empty.
          for (let pages = 0; pages <= ids.length / count + 1; pages += 1) {
            seen.push(...(await search({ type: 2, last_seen: seen.at(-1) ?? 0, count })))
            passed.push(...(await search({ begin: passed.length, count })))
          }
          assert.deepEqual([seen, passed], [ids, ids])
        }
      })

      test('shows no devices of a batch under review', async () => {
        const body = { type: 3, apply_id: 3, last_seen: 0, count: 50 }
        const { data } = accepted(await ask(world, deviceSearch, world.waiting, { body }))
        assert.deepEqual(data, { devices: [], total_count: 0 })
      })

      test('the store of each device', async () => {
        const { server, merchant } = world
        await insertStore(
          server.services.db,
          merchant.accountId,
          { poiId: 1234, businessName: 'x' },
          server.clock.now(),
        )
        const { data } = accepted(
          await ask(world, deviceApplyId, merchant, { body: aBatch({ poi_id: '1234', quantity: 1 }) }),
        )
        const found = accepted(await ask(world, deviceSearch, merchant, { body: { apply_id: data.apply_id } })).data
        const [device] = found.devices
        assert.deepEqual(device, {
          comment: 'floor 1',
          device_id: device.device_id,
          last_active_time: 0,
          ...triple(device.device_id),
          page_ids: '',
          poi_id: 1234,
          status: 0,
        })
      })
    })
  })
}
