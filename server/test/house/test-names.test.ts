import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf } from './sources.ts'
import { tokensOf } from './tokens.ts'

/** A name that begins so is the end of a sentence, and says nothing to whoever finds it by a search. */
const FRAGMENT =
  /^.(of|that|which|whose|at|by|with|without|in|on|to|for|from|behind|beside|beyond|between|under|but|and|or|after|before|as|while|when|where|until|unless|although|because|even|also)\b/

/** The names of tests and of what they describe, in quotes as they stand. */
function namesIn(source: string): string[] {
  const tokens = tokensOf(source)
  return tokens.flatMap(({ kind, text }, index) => {
    const isName = tokens[index - 1]?.text === '(' && /^(test|describe)$/.test(tokens[index - 2]?.text ?? '')
    return isName && (kind === 'text' || kind === 'template') ? [text] : []
  })
}

test('the name of a test begins with a verb or a subject', () => {
  const tests = codeOf('sdk', 'conformance', 'server', 'testing', 'bench').filter(({ path }) =>
    path.endsWith('.test.ts'),
  )
  const names = tests.flatMap(({ path, text }) => namesIn(text).map((name) => `${path}: ${name.slice(0, 80)}`))
  assert.ok(names.length >= 1000, `${names.length} names`)
  assert.deepEqual(
    names.filter((name) => FRAGMENT.test(name.slice(name.indexOf(': ') + 2))),
    [],
  )
})
