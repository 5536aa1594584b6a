import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as typebox from '@sinclair/typebox'
import { Kind, Type } from './schema.ts'

/** One of everything that the contract's builders can make. */
function samplesOf({ Type }: { Type: typeof import('./schema.ts').Type }) {
  const member = Type.String({ maxLength: 3, description: 'a text' })
  const whole = Type.Object(
    { one: member, other: Type.Optional(Type.Integer({ minimum: 1 })), third: Type.Boolean() },
    { description: 'an object' },
  )
  return {
    array: Type.Array(member, { maxItems: 2 }),
    boolean: Type.Boolean({ default: true }),
    composite: Type.Composite([whole, Type.Object({ fourth: Type.Optional(Type.Null()) })], { description: 'both' }),
    integer: Type.Integer({ maximum: 9 }),
    literal: Type.Literal('a', { title: 'A' }),
    literalNumber: Type.Literal(1),
    null: Type.Null(),
    number: Type.Number({ minimum: 0.5 }),
    object: whole,
    empty: Type.Object({}),
    allOptional: Type.Object({ one: Type.Optional(member) }),
    optional: Type.Optional(whole),
    partial: Type.Partial(whole, { minProperties: 1 }),
    pick: Type.Pick(whole, ['other', 'one']),
    string: Type.String(),
    undefined: Type.Undefined(),
    union: Type.Union([Type.Literal(1), Type.Literal(2)], { description: 'a choice' }),
    unionOfOne: Type.Union([member], { title: 'alone' }),
    unknown: Type.Unknown({ description: 'anything' }),
    unsafe: Type.Unsafe(Type.String({ minLength: 1 })),
  }
}

test('the builders of the contract build what TypeBox would build', () => {
  const ours = samplesOf({ Type })
  const theirs = samplesOf(typebox)
  // With the symbols that TypeBox tells schemas by, and with the order that the documents show.
  for (const [name, theirSchema] of Object.entries(theirs)) {
    const ourSchema = ours[name as keyof typeof ours]
    assert.deepEqual(ourSchema, theirSchema, name)
  }
  assert.equal(Kind, typebox.Kind)
})

test('every builder of the contract is compared with TypeBox’s', () => {
  const source = samplesOf.toString()
  for (const name of Object.keys(Type)) assert.match(source, new RegExp(`Type\\.${name}\\(`))
})
