import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { printTable, toLocalTime } from './table.ts'

function printed(t: TestContext, ...args: Parameters<typeof printTable>): string[] {
  const log = t.mock.method(console, 'log', () => {})
  printTable(...args)
  return log.mock.calls.map((call) => String(call.arguments[0]))
}

describe('a table', () => {
  test('aligns its columns and leaves no space at the end of a line', (t) => {
    const rows = [
      ['1', 'first'],
      ['22', 'second one'],
    ]
    assert.deepEqual(printed(t, ['id', 'what'], rows, 'none'), ['ID  WHAT', '1   first', '22  second one'])
  })

  test('is a sentence when it has no rows', (t) =>
    assert.deepEqual(printed(t, ['id'], [], 'No account.'), ['No account.']))

  test('counts a wide character as two columns', (t) => {
    const rows = [
      ['审批', '1'],
      ['abcd', '2'],
      ['𠮷😀', '3'],
      ['한글', '4'],
      ['Ａｂ', '5'],
    ]
    assert.deepEqual(printed(t, ['name', 'no'], rows, ''), [
      'NAME  NO',
      '审批  1',
      'abcd  2',
      '𠮷😀  3',
      '한글  4',
      'Ａｂ  5',
    ])
  })

  test('does not let a text command the terminal', (t) => {
    const hostile = 'a\u001b[2Jb\rc\nd\te\u0000f\u009bg\u007fh'
    const [, line] = printed(t, ['what'], [[hostile]], '')
    assert.equal(line, 'a [2Jb c d e f g h')
  })

  test('does not let a text turn the line around', (t) => {
    const [, line = ''] = printed(t, ['what'], [['evil\u202etxt.exe\u2066']], '')
    assert.doesNotMatch(line, /[\u202a-\u202e\u2066-\u2069]/)
  })

  test('cuts a long text and says so, without cutting a character in half', (t) => {
    const [, ascii = ''] = printed(t, ['what'], [['a'.repeat(61)]], '')
    assert.equal(ascii, `${'a'.repeat(59)}…`)
    t.mock.restoreAll()
    const [, emoji = ''] = printed(t, ['what'], [['😀'.repeat(61)]], '')
    assert.equal(emoji, `${'😀'.repeat(59)}…`)
  })
})

test('a time is shown as China’s clocks show it', () => {
  assert.equal(toLocalTime('2026-03-14T16:30:00.000Z'), '2026-03-15 00:30')
})
