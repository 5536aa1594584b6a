import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sign } from './signature.ts'

test('signs the published examples as published', () => {
  const examples = [
    [['AAAAA', '1714036504', '1514711492'], 'f464b24fc39322e44b38aa78f5edd27bd1441696'],
    [['AAAAA', '1714037059', '486452656'], '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
    [['AAAAA', '1714112445', '415670741'], '6c5c811b55cc85e0e1b54100749188c20beb3f5d'],
  ] as const
  for (const [parts, signature] of examples) assert.equal(sign(parts), signature)
})

test('signs parts in any order alike', () => {
  assert.equal(sign(['b', 'a', 'B', '10', '9']), sign(['9', 'B', '10', 'b', 'a']))
})
