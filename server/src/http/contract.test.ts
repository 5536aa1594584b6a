import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { refusal } from '@shenpi/sdk/contract/call'
import { Type } from '@sinclair/typebox'
import { problem } from '../../test/problem.ts'
import { parse } from './contract.ts'

const Order = Type.Object(
  {
    quantity: Type.Integer({ minimum: 1, ...refusal('batch.quantity_invalid') }),
    comment: Type.Optional(Type.String({ maxLength: 5, ...refusal('device.comment_too_long') })),
    store: Type.Optional(
      Type.Object({ poi_id: Type.Integer(refusal('store.invalid')), name: Type.Optional(Type.String()) }),
    ),
    devices: Type.Optional(
      Type.Array(Type.Object({ device_id: Type.Optional(Type.Integer()) }), {
        maxItems: 2,
        ...refusal('device.too_many'),
      }),
    ),
    category: Type.Optional(
      Type.Object({ level3: Type.Integer(refusal('category.unknown', 'shop.parameter_missing')) }),
    ),
  },
  refusal('batch.invalid'),
)
const read = (input: unknown) => parse(Order, input, 'shake.request_invalid')

describe('a request', () => {
  test('is read in the shape of the contract, without unknown members', async () => {
    const input = {
      quantity: 3,
      comment: 'a',
      more: 1,
      store: { poi_id: 1, secret: 'x' },
      devices: [{ device_id: 1, x: 1 }],
    }
    assert.deepEqual(await read(input), {
      quantity: 3,
      comment: 'a',
      store: { poi_id: 1 },
      devices: [{ device_id: 1 }],
    })
  })

  test('treats null as absent, at any depth', async () => {
    const input = { quantity: 3, comment: null, store: { poi_id: 1, name: null }, devices: [{ device_id: null }] }
    assert.deepEqual(await read(input), { quantity: 3, store: { poi_id: 1 }, devices: [{}] })
  })

  test('treats digits in a string as a number, where the contract has a number', async () => {
    const input = { quantity: '3', comment: '12', devices: [{ device_id: '007' }] }
    assert.deepEqual(await read(input), { quantity: 3, comment: '12', devices: [{ device_id: 7 }] })
  })

  for (const quantity of ['', ' 3', '3.0', '-3', '0x3', '1e3', '３', '12345678901234567', true, [3], { value: 3 }]) {
    test(`does not treat ${JSON.stringify(quantity)} as a number`, async () => {
      await assert.rejects(read({ quantity }), problem('batch.quantity_invalid'))
    })
  }

  test('reads a member by the name that a client gives it, unless it has its own', async () => {
    const schema = Type.Object({ appid: Type.String({ otherName: 'app_id' }) })
    const parsed = (input: unknown) => parse(schema, input, 'request.malformed')
    assert.deepEqual(await parsed({ app_id: 'a' }), { appid: 'a' })
    assert.deepEqual(await parsed({ app_id: 'a', appid: 'b' }), { appid: 'b' })
    assert.deepEqual(await parsed({ app_id: 'a', appid: null }), { appid: 'a' })
    await assert.rejects(parsed({}), problem('request.malformed'))
  })

  test('does not read members that every object inherits', async () => {
    assert.deepEqual(await read(JSON.parse('{"quantity":1,"__proto__":{"comment":"x"},"constructor":1}')), {
      quantity: 1,
    })
  })
})

describe('a fault', () => {
  const faults: [string, unknown, Parameters<typeof problem>[0]][] = [
    ['of a member has the member’s problem', { quantity: 0 }, 'batch.quantity_invalid'],
    ['of a member that is missing has its problem too', {}, 'batch.quantity_invalid'],
    ['of a missing member may have a problem of its own', { quantity: 1, category: {} }, 'shop.parameter_missing'],
    [
      'of the same member, there but wrong, has the other',
      { quantity: 1, category: { level3: 'x' } },
      'category.unknown',
    ],
    ['deep inside has the deepest problem on its way', { quantity: 1, store: { poi_id: 'x' } }, 'store.invalid'],
    [
      'of a member without a problem has that of what is around it',
      { quantity: 1, store: { poi_id: 1, name: 5 } },
      'batch.invalid',
    ],
    ['inside a list has the list’s problem', { quantity: 1, devices: [{ device_id: 'x' }] }, 'device.too_many'],
    ['of a list’s length has the list’s problem', { quantity: 1, devices: [{}, {}, {}] }, 'device.too_many'],
    ['of the body as a whole has the whole’s problem', [], 'batch.invalid'],
    ['of a body that is null has the whole’s problem', null, 'batch.invalid'],
    ['of a body that is a text has the whole’s problem', 'quantity=1', 'batch.invalid'],
  ]
  for (const [what, input, code] of faults) {
    test(what, () => assert.rejects(read(input), problem(code)))
  }

  test('is found in a list that is too long without reading it', async () => {
    const item = {
      get device_id(): number {
        return assert.fail('it was read')
      },
    }
    await assert.rejects(read({ quantity: 1, devices: [item, item, item] }), problem('device.too_many'))
  })

  test('has the family’s problem where the contract names none', async () => {
    const schema = Type.Object({ name: Type.String() })
    await assert.rejects(parse(schema, { name: 1 }, 'shake.request_invalid'), problem('shake.request_invalid'))
    await assert.rejects(parse(schema, {}, 'shop.parameter_invalid'), problem('shop.parameter_invalid'))
  })

  test('is reported with its place', async () => {
    await assert.rejects(read({ quantity: 1, store: { poi_id: 'x' } }), /store\/poi_id: /)
    await assert.rejects(read('text'), /The request: /)
  })
})

describe('a text of invalid Unicode', () => {
  const refusal = async (input: unknown) => {
    try {
      return await read(input)
    } catch (error) {
      return (error as { wireText?: string }).wireText
    }
  }

  test('is refused in every known member, and reported with its place', async () => {
    assert.equal(
      await refusal({ quantity: 1, comment: 'a\ud800' }),
      'invalid charset: comment holds half of a surrogate pair',
    )
    assert.equal(
      await refusal({ quantity: 1, devices: [{}, { device_id: '\udc00' }] }),
      'invalid charset: devices/1/device_id holds half of a surrogate pair',
    )
  })

  test('does not matter in an unknown member', async () => {
    assert.deepEqual(await read({ quantity: 1, more: '\ud800', '\udc00': 1 }), { quantity: 1 })
  })

  test('does not include a whole surrogate pair', async () => {
    assert.deepEqual(await read({ quantity: 1, comment: '😀' }), { quantity: 1, comment: '😀' })
  })
})

describe('a link', () => {
  const Shop = Type.Object({
    link: Type.String({ minLength: 1, maxLength: 3, trimmed: true, ...refusal('page.parameters_invalid') }),
    links: Type.Optional(
      Type.Array(Type.String({ trimmed: true }), { oneForList: true, ...refusal('picture.link_invalid') }),
    ),
  })

  test('is read without the blanks around it, before it is measured', async () => {
    assert.deepEqual(await parse(Shop, { link: ' a b\r\n', links: '\u3000c ' }, 'shake.request_invalid'), {
      link: 'a b',
      links: ['c'],
    })
  })

  test('is empty when it is of blanks alone', () =>
    assert.rejects(parse(Shop, { link: ' \t' }, 'shake.request_invalid'), problem('page.parameters_invalid')))
})
