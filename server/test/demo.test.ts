import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { differences, refused } from '../demo/compare.ts'
import { APPLY_ID, DEVICE_SEARCH } from '../demo/documents.ts'
import { wrap } from '../demo/report.ts'
import { DATABASES } from './databases.ts'

const DEMO = join(import.meta.dirname, '../demo/main.ts')

for (const kind of DATABASES) {
  test(`the demo runs on its own server on ${kind.name} and gets every documented answer`, async () => {
    await using place = await kind.place()
    const database = place.databaseUrl ? ['--database', place.databaseUrl] : []
    const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
      const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined }
      execFile(process.execPath, [DEMO, ...database], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? error.code : 0, output: stdout + stderr }),
      )
    })
    assert.equal(code, 0, output)
    assert.match(output, /^[1-9]\d* checks passed, 0 failed$/m)
    assert.doesNotMatch(output, /access_token(=|":")(?!\*\*\*)/, 'a token is shown')
  })
}

describe('the comparison with a documented answer', () => {
  const documented = { like: APPLY_ID.answer, where: { data: { audit_status: 2, audit_comment: /^Appr/ } } }
  const answer = (data: object = {}, rest: object = {}) => ({
    data: { apply_id: 7, audit_status: 2, audit_comment: 'Approved', ...data },
    errcode: 0,
    errmsg: 'success.',
    ...rest,
  })
  const { errmsg: _, ...withoutErrmsg } = answer()

  const cases: [title: string, answer: unknown, differences: string[]][] = [
    ['the same', answer(), []],
    ['an errmsg without its dot', answer({}, { errmsg: 'success' }), ['errmsg is "success", it must be "success."']],
    ['another errcode', answer({}, { errcode: 1 }), ['errcode is 1, it must be 0']],
    ['no errmsg', withoutErrmsg, ['errmsg is missing']],
    ['a member more', answer({ poi_id: 1 }), ['data.poi_id is there, the document has no such member']],
    ['another type', answer({ apply_id: '7' }), ['data.apply_id is a string, the document has a number']],
    ['null', answer({ apply_id: null }), ['data.apply_id is null, the document has a number']],
    ['another value', answer({ audit_status: 1 }), ['data.audit_status is 1, it must be 2']],
    [
      'a text of another kind',
      answer({ audit_comment: 'no' }),
      ['data.audit_comment is "no", it must be text like /^Appr/'],
    ],
    ['a list for an object', answer({}, { data: [] }), ['data is an array, the document has an object']],
    ['no JSON', undefined, ['the answer is nothing, the document has an object']],
  ]
  for (const [title, value, expected] of cases) {
    test(title, () => assert.deepEqual(differences(documented, value), expected))
  }

  test('compares every item of a list', () => {
    const [device] = DEVICE_SEARCH.answer.data.devices
    const { uuid: _, ...incomplete } = device ?? {}
    const list = { ...DEVICE_SEARCH.answer, data: { devices: [device, incomplete], total_count: 2 } }
    assert.deepEqual(differences({ like: DEVICE_SEARCH.answer }, list), ['data.devices[1].uuid is missing'])
  })

  test('accepts a refusal with its number, a text with a rid, and nothing else', () => {
    const errmsg = 'under review rid: 6b02d42c-c0077575-ef3c11ad'
    assert.deepEqual(differences(refused(9001048), { errcode: 9001048, errmsg }), [])
    assert.equal(differences(refused(9001048), { errcode: 9001048, errmsg: 'under review' }).length, 1)
    assert.equal(differences(refused(9001048), { errcode: 9001048, errmsg, data: {} }).length, 1)
    assert.equal(differences(refused(9001048), { errcode: 0, errmsg }).length, 1)
  })
})

test('long lines are wrapped after a blank or a mark, and wide characters count twice', () => {
  assert.deepEqual(wrap('{"errcode":0,"errmsg":"ok"}', 20), ['{"errcode":0,', '"errmsg":"ok"}'])
  assert.deepEqual(wrap('a'.repeat(25), 10), ['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)])
  assert.deepEqual(wrap('营业执照', 6), ['营业执', '照'])
  assert.deepEqual(wrap('', 10), [''])
})
