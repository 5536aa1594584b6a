import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { makeFolder } from './temporary-folder.ts'

const MODULE = new URL('./temporary-folder.ts', import.meta.url).href

/** A process that has a folder in a place, until it is killed. */
async function startOwner(place: string) {
  const script = `import { makeFolder } from ${JSON.stringify(MODULE)}
    console.log(makeFolder(${JSON.stringify(place)})); setInterval(() => {}, 60_000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  return { child, folder: String(line).trim() }
}

describe('the folder of a process', () => {
  test('is removed by the next one when its process was killed, and only then', async () => {
    const place = mkdtempSync(join(tmpdir(), 'shenpi-place-'))
    try {
      const living = await startOwner(place)
      const killed = await startOwner(place)
      killed.child.kill('SIGKILL')
      await once(killed.child, 'exit')
      assert.ok(existsSync(killed.folder))
      const own = makeFolder(place)
      assert.deepEqual(
        readdirSync(place).sort(),
        [living.folder, own].map((folder) => folder.slice(place.length + 1)).sort(),
      )
      living.child.kill('SIGKILL')
      await once(living.child, 'exit')
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })
})
