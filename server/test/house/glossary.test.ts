import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, test } from 'node:test'
import { codeOf, ROOT } from './sources.ts'
import { tokensOf } from './tokens.ts'

/** The words in backticks of the last column. */
function forbiddenWords(glossary: string): string[] {
  const rows = glossary.split('\n').filter((line) => line.startsWith('|'))
  return rows.flatMap((row) => [...(row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, word = '']) => word))
}

/** The words of a name, between blanks: `toShopAccess` is ` to shop access `. */
function wordsOf(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
  return ` ${words
    .replaceAll(/[#_.-]/g, ' ')
    .trim()
    .toLowerCase()} `
}

/** Every name in the code, as words, with a file that has it. */
function listNames(): Map<string, string> {
  const names = new Map<string, string>()
  for (const { path, text } of codeOf('sdk', 'conformance', 'server', 'testing', 'console', 'bench')) {
    const words = tokensOf(text).filter(({ kind }) => kind === 'word')
    for (const name of [basename(path), ...words.map((token) => token.text)]) names.set(wordsOf(name), path)
  }
  return names
}

describe('the glossary', () => {
  const words = forbiddenWords(readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8'))
  const names = listNames()

  test('forbids words', () => {
    assert.ok(words.length >= 20, `${words.length} words in backticks`)
    assert.ok(names.size >= 4000, `${names.size} names`)
  })

  for (const word of words) {
    test(`keeps "${word}" out of the names in the code`, () => {
      const uses = [...names].filter(([name]) => name.includes(` ${word} `) || name.includes(` ${word}s `))
      assert.deepEqual(uses, [])
    })
  }
})
