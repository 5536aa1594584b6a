import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { digestOf, diskStore } from './disk-store.ts'

const PICTURE = Buffer.from('picture')
const DIGEST = digestOf(PICTURE)

async function openStore(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), 'shenpi-test-'))
  t.after(() => rm(root, { recursive: true }))
  const folder = join(root, DIGEST.slice(0, 2))
  const told: string[] = []
  return { store: diskStore(root, (path) => told.push(path)), folder, path: join(folder, DIGEST), told }
}

test('a picture that cannot be written leaves nothing behind, and can be put again', async (t) => {
  const { store, folder, told } = await openStore(t)
  await assert.rejects(store.put(DIGEST, 5 as never), TypeError)
  assert.deepEqual(await readdir(folder), [])
  await store.put(DIGEST, PICTURE)
  await store.put(DIGEST, PICTURE)
  assert.deepEqual(await readdir(folder), [DIGEST])
  assert.deepEqual(await store.get(DIGEST), PICTURE)
  assert.equal(await store.get(digestOf(Buffer.from('another'))), undefined)
  assert.deepEqual(told, [])
})

for (const [name, content] of [
  ['empty', ''],
  ['cut off', 'pict'],
  ['another picture', 'picturf'],
] as const) {
  test(`a file that is ${name} is not read, is told once, and is repaired when its picture is put again`, async (t) => {
    const { store, path, told } = await openStore(t)
    await store.put(DIGEST, PICTURE)
    await writeFile(path, content)
    assert.equal(await store.get(DIGEST), undefined)
    assert.equal(await store.get(DIGEST), undefined)
    assert.deepEqual(told, [path])
    await store.put(DIGEST, PICTURE)
    assert.deepEqual(await store.get(DIGEST), PICTURE)
  })
}
