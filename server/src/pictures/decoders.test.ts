import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aPicture } from '../../test/factories.ts'
import { aPngOf } from '../../test/hostile-pictures.ts'
import { TooManyWaiting } from '../fair-semaphore.ts'
import { Decoders } from './decoders.ts'
import { inspectPicture } from './inspect-picture.ts'
import { MATERIAL_FORMATS } from './picture-format.ts'

const [HOSTILE, HEALTHY] = [1, 2]

describe('the decoders of a process', () => {
  /** Inspect for accounts; the returned list fills in the order in which the pictures are done. */
  function start(decoders: Decoders) {
    const done: string[] = []
    const inspect = async (accountId: number, bytes: Buffer, name: string) => {
      await inspectPicture(decoders, accountId, bytes, MATERIAL_FORMATS)
      done.push(name)
    }
    return { done, inspect }
  }

  test('go from account to account: 30 pictures of one delay another’s by one', async () => {
    const { done, inspect } = start(new Decoders())
    const picture = await aPicture()
    const hostile = Array.from({ length: 30 }, () => inspect(HOSTILE, picture, 'hostile'))
    await Promise.all([inspect(HEALTHY, picture, 'healthy'), ...hostile])
    assert.ok(done.indexOf('healthy') <= 2, done.join())
  })

  test('never let a small picture wait for a large one', async () => {
    const { done, inspect } = start(new Decoders())
    const large = [1, 2, 3, 4].map((accountId) => inspect(accountId, aPngOf(4000, 4000), 'large'))
    await Promise.all([inspect(HEALTHY, await aPicture(), 'small'), ...large])
    assert.equal(done[0], 'small')
  })

  test('take 41 small pictures of an account at once, and say so of more; a broken one does not hold up the next', async () => {
    const { done, inspect } = start(new Decoders())
    const picture = await aPicture()
    const broken = (await aPicture({ format: 'png', width: 50 })).subarray(0, 90)
    const tried = await Promise.allSettled([
      inspect(HOSTILE, broken, 'broken'),
      ...Array.from({ length: 41 }, () => inspect(HOSTILE, picture, 'taken')),
    ])
    assert.equal(done.length, 40)
    const last = tried.at(-1)
    assert.ok(last?.status === 'rejected' && last.reason instanceof TooManyWaiting)
  })
})
