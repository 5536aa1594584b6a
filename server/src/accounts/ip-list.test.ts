import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../problem.ts'
import { parseIpList, requireListed } from './ip-list.ts'

const PASSES: [entries: string[], address: string, passes: boolean][] = [
  [[], '203.0.113.7', true],
  [['203.0.113.7'], '203.0.113.7', true],
  [['203.0.113.7'], '203.0.113.8', false],
  [['203.0.113.0/24', '10.0.0.0/8'], '10.20.30.40', true],
  [['203.0.113.77/24'], '203.0.113.1', true],
  [['203.0.113.7'], '::ffff:203.0.113.7', true],
  [['::ffff:203.0.113.7'], '203.0.113.7', true],
  [['2001:db8::/32'], '2001:db8:1::7', true],
  [['2001:db8::/32'], '203.0.113.7', false],
  [['0.0.0.0/0'], '2001:db8::7', false],
  [['203.0.113.7'], 'unknown', false],
  [['203.0.113.7'], '', false],
]

for (const [entries, ip, passes] of PASSES) {
  test(`a list of ${entries.join(', ') || 'nothing'} lets "${ip}" ${passes ? 'pass' : 'wait outside'}`, () => {
    const ask = () => requireListed(parseIpList(entries), { ip })
    if (passes) ask()
    else assert.throws(ask, (error) => error instanceof Problem && error.code === 'ip.not_allowed')
  })
}

test('the refusal names the address twice, an IPv4 address also in IPv6 form', () => {
  const text = (ip: string) => {
    try {
      requireListed(parseIpList(['192.0.2.1']), { ip })
    } catch (error) {
      return (error as Problem).wireText
    }
  }
  assert.equal(text('203.0.113.7'), 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist')
  assert.equal(text('::ffff:203.0.113.7'), 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist')
  assert.equal(text('2001:db8::7'), 'invalid ip 2001:db8::7 ipv6 2001:db8::7, not in whitelist')
  assert.equal(text('<script>'), 'invalid ip unknown ipv6 unknown, not in whitelist')
})

for (const entry of ['10', '0x7f.1', '203.0.113.7/33', '203.0.113.7/', 'localhost', '1.2.3.4/8/8', '']) {
  test(`"${entry}" is neither an address nor a range`, () => {
    assert.throws(
      () => parseIpList([entry]),
      (error) => error instanceof Problem && error.code === 'request.malformed',
    )
  })
}
