import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aPngOf } from 'shenpi-conformance/files/png'
import { aPicture } from '../../test/factories.ts'
import { DECODER_WAIT_MS, Decoders, DecodersBusy } from './decoders.ts'
import { inspectPicture } from './inspect-picture.ts'
import { inspectUpload } from './inspect-upload.ts'
import { MATERIAL_FORMATS } from './picture-format.ts'

const [HOSTILE, HEALTHY] = [1, 2]

const PROBLEMS = {
  too_large: 'upload.too_large',
  type: 'picture.type_invalid',
  unreadable: 'picture.unreadable',
} as const

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

  test('serve accounts in turn: 30 pictures of one delay another’s by one', async () => {
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

  test('accept 41 small pictures of an account at once and refuse more, and continue after a broken one', async () => {
    const { done, inspect } = start(new Decoders())
    const picture = await aPicture()
    const broken = (await aPicture({ format: 'png', width: 50 })).subarray(0, 90)
    const tried = await Promise.allSettled([
      inspect(HOSTILE, broken, 'broken'),
      ...Array.from({ length: 41 }, () => inspect(HOSTILE, picture, 'taken')),
    ])
    assert.equal(done.length, 40)
    const last = tried.at(-1)
    assert.ok(last?.status === 'rejected' && last.reason instanceof DecodersBusy)
    assert.equal(last.reason.code, 'quota.burst')
    assert.equal(last.reason.message, 'more than 40 pictures of this size wait for a decoder')
  })
  test('refuse a picture that waited too long for others’, without blaming its account', async (t) => {
    const decoders = new Decoders()
    const bytes = await aPicture()
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const held = inspectPicture(decoders, HOSTILE, bytes, MATERIAL_FORMATS)
    const file = { bytes, size: bytes.length }
    const waiting = inspectUpload({ decoders }, HEALTHY, file, { formats: MATERIAL_FORMATS, problems: PROBLEMS })
    t.mock.timers.tick(DECODER_WAIT_MS)
    await assert.rejects(waiting, {
      code: 'system.unavailable',
      wireText: 'system error: no decoder was free for 20 s',
    })
    await held
  })
})
