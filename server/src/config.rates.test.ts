import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, readConfig } from './config.ts'

test('production limits calls generously, the sandbox not at all, and both as they are told', () => {
  const production = readConfig({ MODE: 'production' }).rates
  for (const limit of Object.values(production)) assert.ok(limit >= 20_000)
  assert.deepEqual(readConfig({}).rates, { daily: 0, minute: 0, shopSecond: 0 })
  const told = { DAILY_LIMIT: '3', MINUTE_LIMIT: '2', SHOP_SECOND_LIMIT: '0' }
  for (const MODE of ['sandbox', 'production']) {
    assert.deepEqual(readConfig({ MODE, ...told }).rates, { daily: 3, minute: 2, shopSecond: 0 })
  }
})

test('no proxy is believed unless it is named', () => {
  assert.deepEqual(readConfig({}).trustProxy, [])
  assert.deepEqual(readConfig({ TRUST_PROXY: '10.0.0.0/8, ::1/128' }).trustProxy, ['10.0.0.0/8', '::1/128'])
})

test('everything that does not parse is named at once', () => {
  const faulty = { TRUST_PROXY: '10.0.0.0/8,all', DAILY_LIMIT: '-1', MINUTE_LIMIT: 'many' }
  assert.throws(
    () => readConfig(faulty),
    (error) =>
      error instanceof ConfigError &&
      ['TRUST_PROXY', 'DAILY_LIMIT', 'MINUTE_LIMIT'].every((name) => error.message.includes(`${name}:`)),
  )
})
