import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DigestedPicture } from '../applications/list-digests.ts'
import { compareTries } from './compare-tries.ts'

/** Pictures of a field by their digests; one without is known by its link alone. */
const pictured = (field: string, ...digests: string[]): DigestedPicture[] =>
  digests.map((digest, position) => ({
    field,
    position,
    reference: `https://example.com/${digest}.png`,
    state: digest.startsWith('?') ? 'waiting' : 'stored',
    linkKey: null,
    failure: null,
    digest: digest.startsWith('?') ? undefined : digest,
  }))

const aTry = (payload: object, pictures: DigestedPicture[] = []) =>
  ({ kind: 'category_qualification', payload, pictures }) as const

describe('the comparison of two tries', () => {
  test('tells field by field what was and what is', () => {
    const before = aTry({ level1: 1, level2: 2, level3: 3, scene_group_list: [1] })
    const after = aTry({ level1: 1, level2: 2, level3: 4, scene_group_list: [1] })
    assert.deepEqual(compareTries(before, after).fields, [
      {
        field: 'category',
        old: { level1: 1, level2: 2, level3: 3 },
        new: { level1: 1, level2: 2, level3: 4 },
        changed: true,
      },
      { field: 'license', old: undefined, new: undefined, changed: false },
      { field: 'certificate', old: undefined, new: undefined, changed: false },
      { field: 'scene_group_list', old: [1], new: [1], changed: false },
    ])
  })

  const cases = [
    { before: ['a', 'b'], after: ['a', 'b'], pairs: ['same 0 0', 'same 1 1'] },
    { before: ['a', 'b'], after: ['b', 'a'], pairs: ['same 1 0', 'same 0 1'] },
    { before: ['a'], after: ['b'], pairs: ['changed 0 0'] },
    { before: ['a'], after: ['b', 'c'], pairs: ['changed 0 0', 'new - 1'] },
    { before: ['a', 'b', 'c'], after: ['b'], pairs: ['same 1 0', 'gone 0 -', 'gone 2 -'] },
    { before: ['a', 'a'], after: ['a'], pairs: ['same 0 0', 'gone 1 -'] },
    { before: [], after: ['a'], pairs: ['new - 0'] },
    { before: ['?a'], after: ['?a'], pairs: ['same 0 0'] },
    { before: ['a'], after: ['?a'], pairs: ['changed 0 0'] },
  ]
  for (const { before, after, pairs } of cases) {
    test(`pairs the pictures ${before.join() || 'none'} with ${after.join() || 'none'}`, () => {
      const compared = compareTries(aTry({}, pictured('license', ...before)), aTry({}, pictured('license', ...after)))
      assert.deepEqual(
        compared.pictures.map(({ change, old, new: now }) => `${change} ${old ?? '-'} ${now ?? '-'}`),
        pairs,
      )
      const isSame = pairs.every((pair) => pair.startsWith('same'))
      assert.equal(compared.fields.find(({ field }) => field === 'license')?.changed, !isSame)
    })
  }

  test('takes what is no payload of the kind as none', () => {
    const { fields } = compareTries(aTry([]), { ...aTry({}), payload: 'unreadable' })
    assert.ok(fields.every(({ changed }) => !changed))
  })
})
