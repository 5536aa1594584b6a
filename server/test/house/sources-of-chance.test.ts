import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sourcesOf } from './sources.ts'

/** Each way past `Clock` and `Entropy`, and the folder that alone may go it. */
const SOURCES = [
  {
    folder: 'time',
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.|\bprocess\.(hrtime|uptime)\b/,
  },
  {
    folder: 'entropy',
    pattern: /\bMath\.random\b|\b(randomBytes|randomInt|randomUUID|randomFill|randomFillSync|getRandomValues)\b/,
  },
] as const

const usesOf = (text: string) =>
  SOURCES.flatMap(({ folder, pattern }) => (pattern.test(withoutComments(text)) ? folder : []))

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')

test('time comes from time/ and chance from entropy/ alone, so that a sandbox can hold both still', () => {
  const elsewhere = sourcesOf('server/src').flatMap(({ path, text }) =>
    usesOf(text).flatMap((folder) => (path.startsWith(`server/src/${folder}/`) ? [] : `${path}: ${folder}`)),
  )
  assert.deepEqual(elsewhere, [])
})

describe('the guard against other sources of time and chance', () => {
  const USES = ['Date.now()', 'new Date()', 'Date()', 'performance.now()', 'process.hrtime()', 'Math.random()']
  const CHANCE = ["import { randomBytes } from 'node:crypto'", 'crypto.randomUUID()', 'crypto.getRandomValues(bytes)']
  for (const source of [...USES, ...CHANCE]) test(`finds ${source}`, () => assert.equal(usesOf(source).length, 1))

  for (const source of ['new Date(at)', '// Date.now()', '/** Math.random */', 'randomized']) {
    test(`lets ${source} through`, () => assert.deepEqual(usesOf(source), []))
  }
})
