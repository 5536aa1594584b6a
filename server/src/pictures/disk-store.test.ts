import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import type { BlobStore } from './blob-store.ts'
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

/** The whole of a stored picture. */
async function read(store: BlobStore, digest: string): Promise<Buffer | undefined> {
  const content = (await store.find(digest))?.open()
  return content instanceof Readable ? Buffer.concat(await content.toArray()) : content
}

for (const size of [0, 1, 65_535, 65_536, 65_537, 1_000_000]) {
  test(`returns a picture of ${size} bytes as it was written`, async (t) => {
    const { store, told } = await openStore(t)
    const bytes = randomBytes(size)
    await store.put(digestOf(bytes), bytes)
    const asked = await Promise.all([1, 2, 3].map(() => read(store, digestOf(bytes))))
    assert.deepEqual(asked, [bytes, bytes, bytes])
    assert.equal((await store.find(digestOf(bytes)))?.bytes, size)
    assert.equal(await store.sizeOf(digestOf(bytes)), size)
    assert.deepEqual(told, [])
  })
}

test('returns nothing of a large file that is damaged at its end', async (t) => {
  const { store, told } = await openStore(t)
  const bytes = randomBytes(1_000_000)
  const digest = digestOf(bytes)
  await store.put(digest, Buffer.concat([bytes.subarray(0, -1), Buffer.of((bytes.at(-1) ?? 0) ^ 1)]))
  assert.equal(await store.sizeOf(digest), bytes.length)
  assert.deepEqual(await Promise.all([read(store, digest), read(store, digest)]), [undefined, undefined])
  assert.equal(await store.sizeOf(digest), undefined, 'known to be damaged')
  assert.equal(told.length, 1)
})

test('leaves nothing behind of a picture that cannot be written, and can write it later', async (t) => {
  const { store, folder, told } = await openStore(t)
  await assert.rejects(store.put(DIGEST, 5 as never), TypeError)
  assert.deepEqual(await readdir(folder), [])
  await store.put(DIGEST, PICTURE)
  await store.put(DIGEST, PICTURE)
  assert.deepEqual(await readdir(folder), [DIGEST])
  assert.deepEqual(await read(store, DIGEST), PICTURE)
  assert.equal(await read(store, digestOf(Buffer.from('another'))), undefined)
  assert.deepEqual(told, [])
})

for (const [name, content] of [
  ['empty', ''],
  ['cut off', 'pict'],
  ['another picture', 'picturf'],
] as const) {
  test(`does not read a file that is ${name}, reports it once, and repairs it when the picture is put again`, async (t) => {
    const { store, path, told } = await openStore(t)
    await store.put(DIGEST, PICTURE)
    await writeFile(path, content)
    assert.equal(await read(store, DIGEST), undefined)
    assert.equal(await read(store, DIGEST), undefined)
    assert.deepEqual(told, [path])
    await store.put(DIGEST, PICTURE)
    assert.deepEqual(await read(store, DIGEST), PICTURE)
  })
}

test('serves a damaged picture again when another server of the same folder has written it again', async (t) => {
  const { store, path } = await openStore(t)
  await store.put(DIGEST, PICTURE)
  await writeFile(path, 'damaged')
  assert.equal(await store.find(DIGEST), undefined)
  assert.equal(await store.sizeOf(DIGEST), undefined)
  await diskStore(dirname(dirname(path)), assert.fail).put(DIGEST, PICTURE)
  assert.equal(await store.sizeOf(DIGEST), PICTURE.length)
})
