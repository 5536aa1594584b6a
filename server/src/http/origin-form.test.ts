import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toOriginForm } from './origin-form.ts'

describe('the target of a request', () => {
  for (const [target, path] of [
    ['/cgi-bin/token?a=b', '/cgi-bin/token?a=b'],
    ['//cgi-bin/token?a=//b', '/cgi-bin/token?a=//b'],
    ['////metrics', '/metrics'],
    ['http://api.weixin.qq.com/cgi-bin/token?a=http://b', '/cgi-bin/token?a=http://b'],
    ['HTTPS://127.0.0.1:8080//metrics', '/metrics'],
    ['http://host?a=b', '/?a=b'],
    ['//host/metrics', '/host/metrics'],
    ['*', '/*'],
    ['/a//b', '/a//b'],
  ] as const) {
    test(`${target} is read as ${path}`, () => assert.equal(toOriginForm(target), path))
  }
})
