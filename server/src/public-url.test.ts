import assert from 'node:assert/strict'
import { hostname } from 'node:os'
import { describe, test } from 'node:test'
import { readConfig } from './config.ts'
import { publicUrlOf } from './public-url.ts'

const OWN = 'http://127.0.0.1:8080'
const reachedBy = (host: string, protocol = 'http') => ({ host, protocol })

describe('what links begin with', () => {
  test('is PUBLIC_URL, whatever the caller says', () => {
    const config = readConfig({ HOST: '0.0.0.0', PUBLIC_URL: 'https://shenpi.example.com/' })
    assert.equal(publicUrlOf(config, OWN, reachedBy('evil.example')), 'https://shenpi.example.com')
  })

  test('is the one address that the server listens on', () => {
    assert.equal(publicUrlOf(readConfig({}), OWN, reachedBy('evil.example')), OWN)
  })

  for (const HOST of ['0.0.0.0', '::']) {
    test(`is the caller’s host where HOST is ${HOST}: any host in the sandbox, the machine’s own in production`, () => {
      const [sandbox, production] = [readConfig({ HOST }), readConfig({ HOST, MODE: 'production' })]
      for (const host of ['127.0.0.1:8080', '[::1]:8080', 'localhost:90', `${hostname().toLowerCase()}:8080`]) {
        assert.equal(publicUrlOf(production, OWN, reachedBy(host)), `http://${host}`)
      }
      for (const host of ['shenpi:8080', '203.0.113.7', 'review.example.com']) {
        assert.equal(publicUrlOf(sandbox, OWN, reachedBy(host, 'https')), `https://${host}`)
        assert.equal(publicUrlOf(production, OWN, reachedBy(host, 'https')), OWN)
      }
    })
  }

  for (const host of ['', 'a/b', 'a?b', 'user@a', 'a b', 'a:b', 'a:99999', '[a]', '<a>', `${'a'.repeat(254)}`]) {
    test(`is never made of the Host ${JSON.stringify(host.slice(0, 10))}`, () => {
      assert.equal(publicUrlOf(readConfig({ HOST: '::' }), OWN, reachedBy(host)), OWN)
    })
  }
})
