import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { aPicture } from '../../test/factories.ts'
import { inspectPicture, MATERIAL_FORMATS } from './inspect-picture.ts'

test('two pictures are unpacked at a time, and a broken one does not hold up the next', async (t) => {
  const whole = await aPicture({ width: 1000, height: 1000 })
  const pictures = [whole, whole.subarray(0, 200), whole, whole.subarray(0, 200), whole, whole, whole, whole]
  let most = 0
  const count = () => {
    const { queue, process } = sharp.counters()
    most = Math.max(most, queue + process)
  }
  sharp.queue.on('change', count)
  t.after(() => sharp.queue.off('change', count))
  const inspected = await Promise.allSettled(
    pictures.map((bytes) => inspectPicture(bytes, { formats: MATERIAL_FORMATS })),
  )
  assert.equal(inspected.filter(({ status }) => status === 'fulfilled').length, 6)
  // Two, and at most one that sharp still counts although it has answered.
  assert.ok(most === 2 || most === 3, `${most} at a time`)
})
