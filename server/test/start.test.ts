import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { DATABASES, type Place } from './databases.ts'
import { spawnServer } from './run-shenpi.ts'

/** The most files that a start may read, ours and others'. */
const OURS_MAX = 390
const THEIRS_MAX = 500

/** Packages that only some requests or other commands need. */
const LATER = [
  '@fastify/ajv-compiler',
  '@fastify/busboy',
  '@sinclair/typebox',
  'ajv',
  'commander',
  'fast-xml-parser',
  'light-my-request',
  'node-forge',
  'sharp',
  'undici',
]

/** What a start read until it was ready, and a little of what stopping reads. */
async function loadedBy(place: Place) {
  const file = join(place.dataDir, 'loaded.json')
  const recorder = new URL('./loaded-modules.js', import.meta.url).href
  await using server = await spawnServer(place, { NODE_OPTIONS: `--import=${recorder}`, LOADED_MODULES: file })
  server.child.kill('SIGTERM')
  await once(server.child, 'exit')
  const { files, builtins } = JSON.parse(readFileSync(file, 'utf8')) as { files: string[]; builtins: string[] }
  const theirs = files.filter((url) => url.includes('/node_modules/'))
  const packages = theirs.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1])
  return { ours: files.length - theirs.length, theirs: theirs.length, packages: new Set(packages), builtins }
}

for (const kind of DATABASES) {
  describe(`a start on ${kind.name}`, () => {
    test('loads only what it needs to be ready', async (t) => {
      await using place = await kind.place()
      const { ours, theirs, packages, builtins } = await loadedBy(place)
      t.diagnostic(`${ours} files of ours, ${theirs} of ${packages.size} packages`)
      assert.deepEqual(
        [...LATER, ...(place.databaseUrl ? [] : ['pg'])].filter((name) => packages.has(name)),
        [],
      )
      assert.ok(packages.has('kysely') && packages.has('fastify'), 'the list is a list of packages')
      // Node's own fetch and its WebSocket, a megabyte of code: a mention of either loads it.
      assert.ok(!builtins.some((name) => name.includes('undici')), 'Node’s undici')
      assert.ok(ours <= OURS_MAX, `${ours} files of ours`)
      assert.ok(theirs <= THEIRS_MAX, `${theirs} files of others`)
    })
  })
}
