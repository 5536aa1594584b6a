import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, test } from 'node:test'
import { calendarCovers, dueAt } from './working-days.ts'

interface Case {
  name: string
  appliedAt: string
  workingDays: number
  /** The last day, as China's calendar shows it. */
  due: string
}

const cases: Case[] = [
  { name: 'inside a week', appliedAt: '2025-11-10T12:00+08:00', workingDays: 3, due: '2025-11-13' },
  { name: 'across a weekend', appliedAt: '2025-11-14T12:00+08:00', workingDays: 3, due: '2025-11-19' },
  { name: 'applied on a Saturday', appliedAt: '2025-11-15T12:00+08:00', workingDays: 1, due: '2025-11-17' },
  { name: 'applied at 23:59', appliedAt: '2025-11-12T23:59+08:00', workingDays: 1, due: '2025-11-13' },
  { name: 'applied at 00:01', appliedAt: '2025-11-13T00:01+08:00', workingDays: 1, due: '2025-11-14' },
  { name: 'applied at midnight', appliedAt: '2025-11-13T00:00+08:00', workingDays: 1, due: '2025-11-14' },
  { name: '23:59 in China, by UTC', appliedAt: '2025-11-12T15:59Z', workingDays: 1, due: '2025-11-13' },
  { name: '00:01 in China, by UTC', appliedAt: '2025-11-12T16:01Z', workingDays: 1, due: '2025-11-14' },
  { name: 'a Sunday that makes up', appliedAt: '2025-09-26T12:00+08:00', workingDays: 1, due: '2025-09-28' },
  { name: 'applied on that Sunday', appliedAt: '2025-09-28T12:00+08:00', workingDays: 2, due: '2025-09-30' },
  { name: 'before National Day', appliedAt: '2025-09-30T12:00+08:00', workingDays: 1, due: '2025-10-09' },
  { name: 'on National Day', appliedAt: '2025-10-01T12:00+08:00', workingDays: 1, due: '2025-10-09' },
  { name: 'across National Day', appliedAt: '2025-09-29T12:00+08:00', workingDays: 3, due: '2025-10-10' },
  { name: 'and the Saturday that makes up', appliedAt: '2025-09-30T12:00+08:00', workingDays: 3, due: '2025-10-11' },
  {
    name: 'and the Sunday after, that is free',
    appliedAt: '2025-09-30T12:00+08:00',
    workingDays: 4,
    due: '2025-10-13',
  },
  { name: 'across New Year', appliedAt: '2025-12-31T12:00+08:00', workingDays: 1, due: '2026-01-04' },
  { name: 'a Saturday before Spring Festival', appliedAt: '2026-02-13T12:00+08:00', workingDays: 1, due: '2026-02-14' },
  { name: 'across Spring Festival', appliedAt: '2026-02-13T12:00+08:00', workingDays: 3, due: '2026-02-25' },
  { name: 'the second Saturday for it', appliedAt: '2026-02-26T12:00+08:00', workingDays: 2, due: '2026-02-28' },
  // No notice for 2030: weekends are left out, and 1 October 2030, a Tuesday, is not.
  { name: 'a year beyond the data', appliedAt: '2030-09-27T12:00+08:00', workingDays: 3, due: '2030-10-02' },
]

describe('dueAt', () => {
  for (const { name, appliedAt, workingDays, due } of cases) {
    test(`${name}: ${workingDays} after ${appliedAt} is ${due}`, () => {
      assert.deepEqual(dueAt(new Date(appliedAt), workingDays), new Date(`${due}T23:59:59.999+08:00`))
    })
  }

  for (const workingDays of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    test(`refuses ${workingDays} working days`, () => {
      assert.throws(() => dueAt(new Date(0), workingDays), RangeError)
    })
  }

  test('refuses an invalid date', () => {
    assert.throws(() => dueAt(new Date(Number.NaN), 3), RangeError)
    assert.throws(() => calendarCovers(new Date(Number.NaN)), RangeError)
  })

  for (const zone of ['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
    test(`gives the same date on a machine in ${zone}`, () => {
      const program = `
        import { dueAt } from ${JSON.stringify(new URL('./working-days.ts', import.meta.url).href)}
        const cases = ${JSON.stringify(cases)}
        console.log(JSON.stringify([
          Intl.DateTimeFormat().resolvedOptions().timeZone,
          ...cases.map(({ appliedAt, workingDays }) => dueAt(new Date(appliedAt), workingDays)),
        ]))`
      const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
        encoding: 'utf8',
        env: { TZ: zone },
      })
      const days = cases.map(({ due }) => new Date(`${due}T23:59:59.999+08:00`).toISOString())
      assert.deepEqual(JSON.parse(output), [zone, ...days])
    })
  }
})

describe('calendarCovers', () => {
  const covers: [at: string, covered: boolean][] = [
    ['2003-12-31T23:59:59.999+08:00', false],
    ['2004-01-01T00:00:00+08:00', true],
    ['2025-06-15T12:00:00+08:00', true],
    ['2025-12-31T16:00:00Z', true],
    ['2030-06-15T12:00:00+08:00', false],
  ]
  for (const [at, covered] of covers) {
    test(`${at}: ${covered ? 'yes' : 'no'}`, () => assert.equal(calendarCovers(new Date(at)), covered))
  }

  test('knows every year from 2004 to 2026', () => {
    for (let year = 2004; year <= 2026; year += 1) assert.ok(calendarCovers(new Date(Date.UTC(year, 6, 1))), `${year}`)
  })

  test('takes the year of China, not of UTC', () => {
    assert.equal(calendarCovers(new Date('2003-12-31T16:00:00Z')), true)
    assert.equal(calendarCovers(new Date('2003-12-31T15:59:59Z')), false)
  })
})
