import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as states from '@shenpi/sdk/contract/states'
import { codeOf } from './sources.ts'
import { textsTogether } from './states.ts'

const STATES = 'sdk/src/contract/states.ts'

const keyOf = (texts: readonly string[]) => [...new Set(texts)].sort().join()

describe('the states of sdk/src/contract/states.ts', () => {
  const names = new Map(Object.entries(states).map(([name, texts]) => [keyOf(texts), name]))
  const sources = codeOf('sdk/src', 'conformance', 'server/src', 'server/test').filter(({ path }) => path !== STATES)

  test('stand nowhere else as a union or an array', () => {
    const again = sources.flatMap(({ path, text }) =>
      textsTogether(text).flatMap(({ line, texts }) => {
        const name = names.get(keyOf(texts))
        return name ? `${path}:${line}: ${name}` : []
      }),
    )
    assert.deepEqual(again, [])
  })
})

describe('the texts that stand together', () => {
  const SOURCES: Readonly<Record<string, string[]>> = {
    "type State = 'open' | 'closed'": ['open', 'closed'],
    "type State =\n  | 'open'\n  | 'closed'": ['open', 'closed'],
    "type State = 'open' | 'closed' | null": ['open', 'closed'],
    "const STATES = ['open', 'closed']": ['open', 'closed'],
    "const STATES = [\n  'open',\n  'closed',\n]": ['open', 'closed'],
  }
  for (const [source, texts] of Object.entries(SOURCES)) {
    test(`are found in ${JSON.stringify(source)}`, () => {
      assert.deepEqual(
        textsTogether(source).map((found) => found.texts),
        [texts],
      )
    })
  }

  for (const source of ["move('open', 'closed')", "const STATES = ['open', 'closed', state]", "'open' || 'closed'"]) {
    test(`are not found in ${JSON.stringify(source)}`, () => assert.deepEqual(textsTogether(source), []))
  }
})
