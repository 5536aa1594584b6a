import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseCalendarFile } from './calendar-file.ts'

const faultsOf = (text: string) => parseCalendarFile(text).faults.map(({ line, fault, text }) => [line, fault, text])

describe('a file with the holidays of a year', () => {
  test('is lines of a date and a word in either language, or JSON as the command line takes it', () => {
    const wanted = { year: 2031, holidays: ['2031-01-01', '2031-10-01'], workdays: ['2031-10-04'], faults: [] }
    const lines = '\ufeff# 2031\r\n2031-01-01,holiday,元旦\r\n\r\n2031-10-01 休 国庆节\r\n2031-10-04;班\r\n'
    assert.deepEqual(parseCalendarFile(lines), wanted)
    const json = JSON.stringify({ holidays: wanted.holidays, workdays: wanted.workdays }, null, 2)
    assert.deepEqual(parseCalendarFile(json), wanted)
  })

  test('is refused at each line that is wrong, with the reason', () => {
    const cases = [
      ['2031-10-01,off\n2031-10-02,maybe', [[2, 'no_word', '2031-10-02,maybe']]],
      ['2031-10-01,off\ntomorrow,off', [[2, 'no_date', 'tomorrow']]],
      ['2031-10-01,off\n2031-02-30,off', [[2, 'no_date', '2031-02-30']]],
      ['2031-10-01,off\n2031-10-02,off\n2032-10-02,off', [[3, 'other_year', '2032-10-02']]],
      ['2031-10-01,off\n2031-10-01,work', [[2, 'twice', '2031-10-01']]],
      ['2031-10-01,off\n2031-10-06,work', [[2, 'worked_anyway', '2031-10-06']]],
      ['2031-01-01,off\n', [[1, 'national_day', '2031-10-01']]],
      ['', [[1, 'empty', '']]],
      ['{\n "holidays": [\n', [[2, 'no_json', '"holidays": [']]],
      ['{"holidays": ["2031-10-01"]}', [[1, 'no_lists', 'workdays']]],
      [
        '{"holidays": [\n"2031-10-01",\n"2031-13-01"],\n"workdays": [\n"2031-10-01"]}',
        [
          [3, 'no_date', '2031-13-01'],
          [5, 'twice', '2031-10-01'],
        ],
      ],
    ] as const
    for (const [text, expected] of cases) assert.deepEqual(faultsOf(text), expected, text)
  })
})
