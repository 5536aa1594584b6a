import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fieldValue, findField, KIND_FIELDS } from '@shenpi/sdk/contract/kind-fields'
import { choicesOf, isObjectSchema } from '@shenpi/sdk/contract/schema'
import { KIND_NAMES, PICTURE_FIELDS } from '@shenpi/sdk/contract/states'
import type { TSchema } from '@sinclair/typebox'
import { kindsUnder } from '../src/services.ts'

/** What a payload repeats of itself. */
const REPEATED = ['base_info.sid']

const kinds = kindsUnder(() => ({ quickReviewMax: 500, activeDevicesMin: 0 }), { forget: () => {} })

/** The paths of all members of a schema that have none of their own. */
function leavesOf(schema: TSchema, path: readonly string[] = []): string[] {
  const choices = choicesOf(schema)
  if (choices.some(isObjectSchema)) return [...new Set(choices.flatMap((choice) => leavesOf(choice, path)))]
  if (!isObjectSchema(schema)) return [path.join('.')]
  return Object.entries(schema.properties).flatMap(([name, member]) => leavesOf(member, [...path, name]))
}

describe('the fields of kinds', () => {
  for (const name of KIND_NAMES) {
    test(`tell every member of a payload of ${name}, and no other`, () => {
      const leaves = kinds[name].use(({ payload }) => leavesOf(payload))
      const told = KIND_FIELDS[name].flatMap(({ path, members }) => {
        if (!path) return []
        return members ? members.map((member) => [...path, member].join('.')) : [path.join('.')]
      })
      assert.deepEqual(told.toSorted(), leaves.filter((leaf) => !REPEATED.includes(leaf)).toSorted())
    })
  }

  test('have a name each, once in their kind', () => {
    for (const fields of Object.values(KIND_FIELDS)) {
      const names = fields.map(({ name }) => name)
      assert.deepEqual([...new Set(names)], names)
    }
  })

  test('tell every list of pictures', () => {
    const told = Object.values(KIND_FIELDS)
      .flat()
      .filter(({ type }) => type === 'pictures')
      .map(({ name }) => name)
    assert.deepEqual([...new Set(told)].toSorted(), [...PICTURE_FIELDS].toSorted())
  })

  test('take their limits from the wire', () => {
    assert.deepEqual(findField('account_activation', 'name')?.limit, { unit: 'weight', max: 40 })
    assert.deepEqual(findField('store', 'introduction')?.limit, { unit: 'characters', max: 1000 })
    assert.equal(findField('store', 'location')?.limit, undefined)
  })

  test('are read from a payload, several members as one', () => {
    const payload = { change: 'update', base_info: { longitude: 116.4, latitude: 39.9 } }
    const valueIn = (name: string) => fieldValue(findField('store', name) ?? assert.fail(name), payload)
    assert.deepEqual(valueIn('location'), { longitude: 116.4, latitude: 39.9 })
    assert.equal(valueIn('change'), 'update')
    assert.equal(valueIn('address'), undefined)
    assert.equal(valueIn('photo_list'), undefined)
    assert.equal(fieldValue(findField('device_quota', 'purpose') ?? assert.fail(), 'no object'), undefined)
  })
})
