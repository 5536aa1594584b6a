import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { findProgram, STRACE, withoutProgram } from '../../test/programs.ts'
import { writeDurably } from './durable-file.ts'

test('a durable file replaces the one before, with its mode', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'shenpi-test-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'key')
  await writeDurably(path, 'old\n')
  await writeDurably(path, 'new\n')
  assert.equal(await readFile(path, 'utf8'), 'new\n')
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  assert.deepEqual(await readdir(folder), ['key'])
})

test('a durable file that cannot be written leaves nothing beside it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'shenpi-test-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'key')
  await assert.rejects(writeDurably(path, 5 as never), TypeError)
  await mkdir(path)
  await assert.rejects(writeDurably(path, 'key'), { code: 'EISDIR' })
  assert.deepEqual(await readdir(folder), ['key'])
})

const strace = findProgram(STRACE)

test('a durable file is synced before it gets its name, and its folder afterwards', {
  skip: !strace && withoutProgram(STRACE),
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'shenpi-test-'))
  t.after(() => rm(folder, { recursive: true }))
  const log = join(folder, 'strace')
  const module = new URL('./durable-file.ts', import.meta.url).href
  const run = `const { writeDurably } = await import('${module}'); await writeDurably('${join(folder, 'key')}', 'key')`
  const calls = ['-f', '-y', '-qq', '-e', 'trace=fsync,rename,renameat,renameat2', '-o', log]
  // A compiled module that Node keeps is renamed, too.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' }
  spawnSync(strace ?? '', [...calls, process.execPath, '--input-type=module', '-e', run], { env })
  const steps = (await readFile(log, 'utf8')).match(/fsync\(\d+<[^>]*>|rename\w*\(/g) ?? []
  assert.deepEqual(
    steps.map((step) => step.replace(/\d+<.*\/key\.[^>]*>/, 'file').replace(/\d+<[^>]*>/, 'folder')),
    ['fsync(file', 'rename(', 'fsync(folder'],
  )
})
