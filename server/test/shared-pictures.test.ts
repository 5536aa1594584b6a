import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { pictures } from '@shenpi/sdk'
import { DATABASES } from './databases.ts'
import { aFile, aPicture } from './factories.ts'
import { startTestServer } from './start-server.ts'

const [sqlite] = DATABASES
assert.ok(sqlite)

for (const kind of DATABASES.filter(({ name }) => name === 'postgres')) {
  describe('two servers on one PostgreSQL and one PICTURES_DIR', () => {
    test('serve each other’s pictures', async () => {
      await using shared = await sqlite.place()
      const env = { PICTURES_DIR: join(shared.dataDir, 'nfs', 'pictures') }
      await using one = await startTestServer(kind, { env })
      await using files = await sqlite.place()
      const place = { ...files, databaseUrl: one.place.databaseUrl }
      const two = await startTestServer(kind, { place, env, clock: one.clock })
      const file = aFile(await aPicture())
      const [mine, theirs] = await Promise.all(
        [one, two].map(
          async ({ sandbox }) => (await sandbox.upload(pictures.materialAdd.path, file)).json.data.pic_url,
        ),
      )
      const read = async (url: string, link: string) => {
        const answer = await fetch(url + new URL(link).pathname)
        return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
      }
      for (const link of [mine, theirs]) {
        const answers = await Promise.all([one, two].map(({ url }) => read(url, link)))
        assert.deepEqual([answers[0]?.status, answers[0]], [200, answers[1]])
      }
      await two.stop()
      assert.ok(!(await readdir(one.place.dataDir)).includes('pictures'))
    })

    test('refuse the folder of another database', async () => {
      await using shared = await sqlite.place()
      const env = { PICTURES_DIR: shared.dataDir }
      await using _one = await startTestServer(kind, { env })
      await using place = await kind.place()
      const another = await startTestServer(kind, { place })
      await another.stop()
      await assert.rejects(
        startTestServer(kind, { env, place }),
        /^Error: PICTURES_DIR: \S+ holds the pictures of another database\. Look whether DATABASE_URL/,
      )
      await using empty = await kind.emptyPlace()
      await assert.rejects(startTestServer(kind, { env, place: empty }), /The database is empty, but \S+ belong/)
    })
  })
}

describe('PICTURES_DIR', () => {
  test('is created, and kept by the server that comes back', async () => {
    await using shared = await sqlite.place()
    const env = { PICTURES_DIR: join(shared.dataDir, 'a', 'b') }
    const first = await startTestServer(sqlite, { env })
    await first.stop()
    await using _second = await startTestServer(sqlite, { env, place: first.place })
    assert.ok((await readdir(env.PICTURES_DIR)).includes('installation'))
    assert.ok(!(await readdir(env.PICTURES_DIR)).some((name) => name.startsWith('probe')))
  })

  test('is refused in a sentence where it is no folder', async () => {
    await using shared = await sqlite.place()
    const file = join(shared.dataDir, 'file')
    await writeFile(file, '')
    await using place = await sqlite.place()
    await assert.rejects(
      startTestServer(sqlite, { env: { PICTURES_DIR: file }, place }),
      /^Error: PICTURES_DIR: \S+ cannot be written: /,
    )
  })
})
