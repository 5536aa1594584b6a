import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { diskStore } from './disk-store.ts'

test('a picture that cannot be written leaves nothing behind, and can be put again', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'shenpi-test-'))
  t.after(() => rm(root, { recursive: true }))
  const store = diskStore(root)
  await assert.rejects(store.put('ab12', 5 as never), TypeError)
  assert.deepEqual(await readdir(join(root, 'ab')), [])
  await store.put('ab12', Buffer.from('picture'))
  assert.deepEqual(await readdir(join(root, 'ab')), ['ab12'])
  assert.equal((await store.get('ab12'))?.toString(), 'picture')
})
