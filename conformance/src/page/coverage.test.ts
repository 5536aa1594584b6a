import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { commonCallProblems } from '@shenpi/sdk/contract/common-problems'
import { PROBLEMS, problemRow } from '@shenpi/sdk/contract/problems'
import { titleOf } from '../case.ts'
import { VARIANTS } from './choices.ts'
import { byErrcode, CALLS, CASES, conformancePage } from './conformance-page.ts'
import { holdRules } from './evidence.ts'
import { PAGE_PATH } from './main.ts'
import { PUBLISHED_CODES } from './published-codes.ts'
import { UNCONFIRMED } from './unconfirmed.ts'

const ROOT = join(import.meta.dirname, '../../..')
/** The numbers that any call can be refused with, or any with a secret: one call of all has to show each. */
const OF_ANY = new Set([
  'scheme.not_https',
  'ip.not_allowed',
  'quota.daily',
  'quota.minute',
  'credential.tries_exceeded',
  'quota.burst',
  'system.unavailable',
  // Of a call that reads a member.
  'body.charset_invalid',
])

describe('the cases of the wire', () => {
  for (const call of CALLS) {
    const cases = CASES.filter((one) => one.call === call)

    test(`${call.path} is answered, and refuses each way that it states`, () => {
      const shown = byErrcode(cases)
      assert.ok(shown.has(0), 'a case is answered')
      const stated = [...call.problems, ...commonCallProblems(call)].filter((code) => !OF_ANY.has(code))
      const unshown = stated.filter((code) => !shown.has(problemRow(code).errcode ?? 0))
      assert.deepEqual(unshown, [])
    })

    test(`${call.path}: each rule of a field is broken by a case, each limit reached by one`, () => {
      const rules = holdRules(call, cases)
      const unheld = rules.filter(({ cases }) => cases.length === 0)
      assert.deepEqual(
        unheld.map(({ field, demand, says, errcode }) => `${field} ${demand} ${says} ${errcode}`),
        [],
      )
      const unreached = rules.filter(({ demand, atLimit }) => demand === 'most' && atLimit.length === 0)
      assert.deepEqual(
        unreached.map(({ field, says }) => `${field} ${says}`),
        [],
      )
    })
  }

  test('have titles of their own, by which known differences name them', () => {
    const repeated = [...Map.groupBy(CASES, titleOf)].filter(([, of]) => of.length > 1)
    assert.deepEqual(
      repeated.map(([title]) => title),
      [],
    )
  })

  test('reach every number that is published, but for those of which it is said why not', () => {
    const shown = byErrcode(CASES)
    for (const [errcode, meaning, unanswered] of Object.values(PUBLISHED_CODES).flat()) {
      assert.equal(shown.has(errcode), !unanswered, `${errcode} ${meaning}`)
    }
  })

  test('know no number that nobody published', () => {
    const published = new Set(
      Object.values(PUBLISHED_CODES)
        .flat()
        .map(([errcode]) => errcode),
    )
    const ours = Object.values(PROBLEMS).flatMap((row) => ('errcode' in row ? row.errcode : []))
    assert.deepEqual(
      ours.filter((errcode) => !published.has(errcode)),
      [],
    )
  })

  test('show every choice, or a test does', () => {
    const titles = new Set(CASES.map(titleOf))
    const unshown = [...VARIANTS, ...UNCONFIRMED].flatMap(({ shownBy }) =>
      shownBy.filter((by) => (by.startsWith('server/') ? !existsSync(join(ROOT, by)) : !titles.has(by))),
    )
    assert.deepEqual(unshown, [])
  })

  test('stand in docs/conformance.md as they are', () => {
    assert.equal(readFileSync(PAGE_PATH, 'utf8'), conformancePage(), 'run npm run page -w conformance')
  })
})
