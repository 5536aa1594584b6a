import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rows } from './cell.ts'
import { toCsv } from './csv.ts'
import { limitRows } from './limit-rows.ts'

async function* rowsOf(...pages: string[][]): Rows {
  yield [['id']]
  for (const page of pages) yield page.map((id) => [id])
}

test('a file that has not all rows says so in its last line', async () => {
  const write = async (max: number, ...pages: string[][]) => {
    let file = ''
    for await (const text of toCsv(limitRows(rowsOf(...pages), max))) file += text
    return file.split('\r\n').slice(1, -1)
  }
  assert.deepEqual(await write(4, ['1', '2'], ['3', '4'], []), ['1', '2', '3', '4'])
  for (const max of [2, 3]) {
    const lines = await write(max, ['1', '2'], ['3', '4'])
    assert.deepEqual(lines.slice(0, -1), ['1', '2', '3'].slice(0, max))
    assert.match(lines.at(-1) ?? '', new RegExp(`^"?NOT ALL: this file ends after ${max} rows`))
  }
})
