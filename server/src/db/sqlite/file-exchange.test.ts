import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { FileExchange } from './file-exchange.ts'

test('a file that is gone, or no database, is taken from neither the first time nor the second, nor made anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shenpi-exchange-'))
  const exchange = new FileExchange(join(folder, 'own.db'), 'off')
  try {
    const [gone, broken] = [join(folder, 'gone.db'), join(folder, 'broken.db')]
    await writeFile(broken, 'no database')
    for (const source of [gone, gone, broken, broken]) assert.throws(() => exchange.take(source, []), Error, source)
    assert.equal(existsSync(gone), false)
  } finally {
    exchange.close()
    await rm(folder, { recursive: true })
  }
})
