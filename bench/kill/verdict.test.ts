import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOf, type KillRun } from './verdict.ts'

const aRun = (changes: Partial<KillRun> = {}): KillRun => ({
  kills: 3,
  acknowledgedByKill: [40, 19, 1],
  losses: [],
  faults: [],
  ...changes,
})

test('a run that acknowledged twenty answers a kill and lost none passes', () => {
  assert.deepEqual(faultsOf(aRun()), [])
})

test('a run that acknowledged too little fails and says so', () => {
  assert.deepEqual(faultsOf(aRun({ acknowledgedByKill: [40, 18, 1] })), [
    '59 answers were acknowledged: 3 kills need 60, 20 a kill',
  ])
  assert.deepEqual(faultsOf(aRun({ kills: 1, acknowledgedByKill: [0] })), [
    'no answer was acknowledged before kill 1',
    '0 answers were acknowledged: 1 kills need 20, 20 a kill',
  ])
})

test('a kill before the traffic began fails the run, however much other kills acknowledged', () => {
  assert.deepEqual(faultsOf(aRun({ acknowledgedByKill: [0, 500, 0] })), ['no answer was acknowledged before kill 1, 3'])
})

test('a loss, a fault of the server or a missing kill fails the run', () => {
  const losses = [{ of: 'missing', what: 'application 1-1' }] as const
  assert.deepEqual(faultsOf(aRun({ acknowledgedByKill: [200, 200], losses, faults: ['token: busy'] })), [
    '1 losses or faults in the database',
    '1 answers of a server at fault',
    '2 of 3 kills were made',
  ])
})
