import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { Problem } from '../../problem.ts'
import { readOutcome } from './magic-text.ts'
import { magicFields, magicTable } from './magic-words.ts'

describe('the words of an outcome', () => {
  const READ = [
    ['[approve]', { move: 'approve', when: { type: 'at_once' } }],
    ['门店摇一摇 [approve:after=2d] 谢谢', { move: 'approve', when: { type: 'after', seconds: 172_800 } }],
    ['[approve;after=90m]', { move: 'approve', when: { type: 'after', seconds: 5400 } }],
    ['[approve:polls=3]', { move: 'approve', when: { type: 'polls', polls: 3 } }],
    ['[approve:after=3wd]', { move: 'approve', when: { type: 'working_days', days: 3 } }],
    ['[reject:营业执照不清晰]', { move: 'reject', reason: '营业执照不清晰', when: { type: 'at_once' } }],
    ['[reject:a: b;after=1h]', { move: 'reject', reason: 'a: b', when: { type: 'after', seconds: 3600 } }],
    ['[hold]', { move: 'leave', when: { type: 'at_once' } }],
  ] as const

  for (const [text, outcome] of READ) {
    test(`reads ${text}`, () => {
      assert.deepEqual(readOutcome(text), { reason: '', fields: [], ...outcome })
    })
  }

  for (const text of ['', '[', '[]', '[活动]', '[approved]', 'approve', '[x] [y]']) {
    test(`finds none in ${text || 'nothing'}`, () => {
      assert.equal(readOutcome(text), undefined)
    })
  }

  const REFUSED = [
    ['[approve', /not closed/],
    ['[reject]', /has a reason/],
    ['[reject: ;after=2d]', /has a reason/],
    ['[approve:soon]', /soon is neither/],
    ['[approve:after=2y]', /neither/],
    ['[approve:after=0wd]', /neither/],
    ['[approve:polls=2000]', /neither/],
    ['[approve:after=999999d]', /neither/],
    ['[approve;after=2d;polls=3]', /one of/],
    ['[hold:after=2d]', /no time/],
    ['[approve now]', /stands behind approve/],
  ] as const

  for (const [text, why] of REFUSED) {
    test(`refuses ${text} and says why`, () => {
      assert.throws(
        () => readOutcome(text),
        (error) => error instanceof Problem && error.code === 'outcome.malformed' && why.test(error.detail ?? ''),
      )
    })
  }
})

test('docs/sandbox-outcomes.md tells what each of the words comes to', async () => {
  const page = await readFile(new URL('../../../../docs/sandbox-outcomes.md', import.meta.url), 'utf8')
  assert.ok(page.includes(magicTable()), 'run npm run outcome-words -w server')
  assert.ok(page.includes(magicFields().replace(', ', ' or ')))
})
