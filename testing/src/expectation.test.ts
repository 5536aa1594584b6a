import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compare, isMet, tell } from './expectation.ts'

const MESSAGE = {
  ToUserName: 'gh_1',
  FromUserName: 'o1',
  CreateTime: 1,
  MsgType: 'event',
  Event: 'shake',
  Result: { status: 9, scenes: [1, 2] },
}

describe('what is expected of a callback', () => {
  for (const met of [
    {},
    { event: 'shake' },
    { Result: { status: 9 } },
    { Result: { scenes: [1, 2] } },
    { Result: {}, CreateTime: 1 },
    { ToUserName: /^gh_/ },
  ]) {
    test(`is met: ${tell(met)}`, () => assert.ok(isMet(compare(met, MESSAGE))))
  }
  for (const missed of [
    { event: 'other' },
    { Result: { status: '9' } },
    { Result: { scenes: [1] } },
    { Result: { scenes: [2, 1] } },
    { Nothing: { at: 'all' } },
    { Nothing: {} },
    { ToUserName: /^wx/ },
    { CreateTime: /1/ },
    { CreateTime: new Date(1) },
    { Result: new Map() },
    { CreateTime: 1n },
  ]) {
    test(`is missed: ${tell(missed)}`, () => assert.ok(!isMet(compare(missed, MESSAGE))))
  }
})
