import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { WITHOUT_COMPILERS } from '../../bench/kit/kit.ts'
import { type InstalledKit, installKit } from './installed-kit.ts'
import { runIn } from './run-in.ts'

const USE_KIT = join(import.meta.dirname, '../../bench/kit/use-kit.ts')
/** So much more than its bar a time may take here, where other tests run beside it. The bars: `npm run bench -- --only kit`. */
const SLACK = 4
/**
 * What a closed sandbox may leave in the heap. Some hundred bytes are found; its workers, if they were held, are sixty thousand,
 * and everything is half a million. Unit: bytes.
 */
const HELD_MAX = 10_000

describe('the built kit', () => {
  let kit: InstalledKit
  before(async () => {
    kit = await installKit()
  })
  after(() => kit[Symbol.dispose]())

  const use = async (how: readonly string[], flags: readonly string[] = []) =>
    JSON.parse(await runIn(kit.folder, [...flags, USE_KIT, join(kit.files, 'index.js'), ...how]))

  test('loads neither sharp nor forge nor undici before a test needs one', async () => {
    const { early, importMs } = await use(['import'])
    assert.deepEqual(early, [])
    assert.ok(importMs <= 300 * SLACK, `${importMs} ms`)
  })

  test('runs the whole test of the recipes in some tens of milliseconds', async (t) => {
    const { least, median } = await use(['whole'])
    t.diagnostic(`${least.toFixed(0)} ms at the least, ${median.toFixed(0)} ms median`)
    assert.ok(least <= 50 * SLACK, `${least} ms`)
  })

  test('has a hundred sandboxes in one process', async () => {
    assert.equal((await use(['together'])).answered, 100)
  })

  test('lets go of a sandbox that is closed', async (t) => {
    const { heapBytesEach } = await use(['held', '50'], WITHOUT_COMPILERS)
    t.diagnostic(`${heapBytesEach.toFixed(0)} bytes of each are left`)
    assert.ok(heapBytesEach <= HELD_MAX, `${heapBytesEach} bytes`)
  })
})
