import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { normalizePhone, traceNo, tracesOf } from './trace.ts'

const contact = { name: '李 雷', phone_number: '+86 138-0000-1234', email: 'Lei.Li@Example.COM ', industry_id: '0118' }

describe('the traces of an application', () => {
  const phones = [
    ['13800001234', '13800001234'],
    ['+86 138-0000-1234', '13800001234'],
    ['0086 13800001234', '13800001234'],
    ['010-88886666', '1088886666'],
    ['+86 (010) 8888-6666', '1088886666'],
    ['400-810-6666', '4008106666'],
    ['86-5551', '865551'],
    ['１３８００００１２３４', '13800001234'],
    ['00000', ''],
  ] as const
  for (const [typed, value] of phones) {
    test(`take the phone ${typed} as ${value || 'none'}`, () => assert.equal(normalizePhone(typed), value))
  }

  test('are its phone, e-mail address and contact in one spelling', () => {
    assert.deepEqual(tracesOf('account_activation', { ...contact, apply_reason: '' }), [
      { kind: 'contact', value: '李雷' },
      { kind: 'phone', value: '13800001234' },
      { kind: 'email', value: 'lei.li@example.com' },
    ])
  })

  test('are licence numbers wherever one is typed, each once', () => {
    const purpose = '执照 91350100M000100Y43，见 91350100m000100y43；91350100M000100Y44 不是'
    assert.deepEqual(tracesOf('device_quota', { quantity: 1, purpose }), [
      { kind: 'licence', value: '91350100M000100Y43' },
    ])
    const trademark_registrant = '福州 9144030071526726XG'
    assert.deepEqual(tracesOf('brand_qualification', { trademark_registrant }), [
      { kind: 'licence', value: '9144030071526726XG' },
    ])
  })

  test('hold nothing that a database refuses', () => {
    const traces = tracesOf('account_activation', { ...contact, name: 'a\0\ud800', email: '\0\ud800@\udc00' })
    assert.deepEqual(
      traces.map(({ value }) => value),
      ['a\ufffd', '13800001234', '\ufffd@\ufffd'],
    )
  })

  test('have a number each, which tells their kinds apart', () => {
    assert.equal(traceNo({ kind: 'phone', value: '1' }), traceNo({ kind: 'phone', value: '1' }))
    assert.notEqual(traceNo({ kind: 'phone', value: '1' }), traceNo({ kind: 'licence', value: '1' }))
    assert.ok(Number.isSafeInteger(traceNo({ kind: 'email', value: 'a@example.com' })))
  })

  test('are none of a payload of another shape', () => {
    for (const payload of ['no object', null, [], { phone_number: 138, email: {} }]) {
      assert.deepEqual(tracesOf('account_activation', payload), [])
    }
  })
})
