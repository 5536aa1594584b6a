import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ApplicationState, MOVE_NAMES } from '@shenpi/sdk/contract/states'
import { REASON_MAX_WEIGHT } from '@shenpi/sdk/contract/text'
import { aDecision, anApplication } from '../../test/factories.ts'
import { problem } from '../../test/problem.ts'
import { decide, MOVES } from './application.ts'

const STATES = Object.keys(MOVES) as ApplicationState[]

describe('the moves', () => {
  test('lead from under review to an outcome, and from an outcome nowhere', () => {
    assert.deepEqual(MOVES, {
      under_review: { approve: 'approved', reject: 'rejected' },
      approved: {},
      rejected: {},
    })
  })
})

describe('a decision', () => {
  for (const [move, state] of [
    ['approve', 'approved'],
    ['reject', 'rejected'],
  ] as const) {
    test(`makes the application ${state} with actor, time and reason when its move is ${move}`, () => {
      const at = new Date('2026-03-14T13:00:00Z')
      const before = anApplication({ version: 4 })
      const after = decide(before, aDecision({ move, actor: 'staff:han', reason: 'seen', at }))
      assert.deepEqual(after, {
        ...before,
        state,
        version: 5,
        decidedAt: at,
        decidedBy: 'staff:han',
        reason: 'seen',
      })
    })
  }

  test('does not change the application that it gets', () => {
    const before = Object.freeze(anApplication())
    assert.equal(decide(before, aDecision()).state, 'approved')
    assert.equal(before.state, 'under_review')
  })

  for (const state of STATES.filter((each) => Object.keys(MOVES[each]).length === 0)) {
    for (const move of MOVE_NAMES) {
      test(`is refused with the actor who decided a ${state} application before it, when its move is ${move}`, () => {
        const closed = anApplication({ state, decidedBy: 'staff:li' })
        assert.throws(
          () => decide(closed, aDecision({ move, reason: 'again' })),
          (error: Error) => problem('application.closed')(error) && error.message.includes(`${state} by staff:li`),
        )
      })
    }
  }

  test('is refused on an old version of the application', () => {
    const application = anApplication({ version: 2 })
    assert.throws(() => decide(application, aDecision({ version: 1 })), problem('application.changed'))
    assert.throws(() => decide(application, aDecision({ version: 3 })), problem('application.changed'))
    assert.throws(() => decide(application, aDecision({ version: 0 })), problem('application.changed'))
    assert.equal(decide(application, aDecision({ version: 2 })).version, 3)
  })

  test('is refused as closed on a decided application, even with an old version', () => {
    const closed = anApplication({ state: 'approved', version: 2 })
    assert.throws(() => decide(closed, aDecision({ version: 1 })), problem('application.closed'))
  })

  for (const reason of ['', ' ', '\n\t　', '\u200b\u2060\u00ad']) {
    test(`is refused when it rejects for ${JSON.stringify(reason)}, and not when it approves`, () => {
      const application = anApplication()
      assert.throws(
        () => decide(application, aDecision({ move: 'reject', reason })),
        problem('decision.reason_required'),
      )
      assert.equal(decide(application, aDecision({ move: 'approve', reason })).state, 'approved')
    })
  }

  test('is refused while a place of its reason is to be filled in, and not for other braces', () => {
    for (const move of MOVE_NAMES) {
      for (const reason of ['请上传{field}。', 'It ended on {date}.']) {
        assert.throws(() => decide(anApplication(), aDecision({ move, reason })), problem('decision.reason_unfilled'))
      }
      for (const reason of ['{}', '{a} {Field}', '{ date }']) {
        assert.equal(decide(anApplication(), aDecision({ move, reason })).reason, reason)
      }
    }
  })

  test('is refused by a reason of another kind', () => {
    const { kind } = anApplication()
    const template = { reasonNo: 1, version: 1, kind }
    assert.equal(decide(anApplication(), aDecision({ template })).state, 'approved')
    const other = aDecision({ template: { ...template, kind: 'shop_scene' } })
    assert.throws(() => decide(anApplication(), other), problem('reason.unknown'))
  })

  test('accepts the longest reason that fits the wire, and none longer', () => {
    const application = anApplication()
    const longest = ['a'.repeat(REASON_MAX_WEIGHT), '审'.repeat(REASON_MAX_WEIGHT / 2)]
    for (const move of MOVE_NAMES) {
      for (const reason of longest) {
        assert.equal(decide(application, aDecision({ move, reason })).reason, reason)
        assert.throws(
          () => decide(application, aDecision({ move, reason: `${reason}a` })),
          problem('decision.reason_too_long'),
        )
      }
    }
  })
})
