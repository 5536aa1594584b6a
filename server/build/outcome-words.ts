import { readFileSync, writeFileSync } from 'node:fs'
import { magicTable } from '../src/sandbox/outcomes/magic-words.ts'

// Writes the table of words into docs/sandbox-outcomes.md; a test tells when it is out of date.

const page = new URL('../../docs/sandbox-outcomes.md', import.meta.url)
const table = /\| words .*\n(\|.*\n)+/

const text = readFileSync(page, 'utf8')
if (!table.test(text)) throw new Error('docs/sandbox-outcomes.md has no table of words')
writeFileSync(
  page,
  text.replace(table, () => `${magicTable()}\n`),
)
