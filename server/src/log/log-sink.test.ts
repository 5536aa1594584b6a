import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LogSink, type WriteChunk } from './log-sink.ts'

/** A place that takes chunks when it is told to. */
function aPlace() {
  const written: string[] = []
  const waiting: ((error?: Error) => void)[] = []
  const write: WriteChunk = (chunk, done) => {
    waiting.push((error) => {
      if (!error) written.push(chunk.toString())
      done(error)
    })
  }
  const settle = async (error?: Error) => {
    await new Promise(setImmediate)
    waiting.shift()?.(error)
    await new Promise(setImmediate)
  }
  return { write, written, settle }
}

describe('the log', () => {
  test('writes lines of the same moment together, and later lines afterwards', async () => {
    const { write, written, settle } = aPlace()
    const sink = new LogSink(write)
    sink.write('a\n')
    sink.write('b\n')
    await new Promise(setImmediate)
    sink.write('c\n')
    await settle()
    assert.deepEqual(written, ['a\nb\n'])
    await settle()
    assert.deepEqual(written, ['a\nb\n', 'c\n'])
    await sink.flush(1000)
  })

  test('drops and counts lines on a full disk, and says so once when it can write again', async () => {
    const { write, written, settle } = aPlace()
    const sink = new LogSink(write)
    sink.onRecovery = (lost) => sink.write(`lost ${lost}\n`)
    for (const line of ['a\n', 'b\n']) {
      sink.write(line)
      await settle(new Error('ENOSPC'))
    }
    assert.equal(sink.lost, 2)
    for (const line of ['c\n', 'd\n']) {
      sink.write(line)
      await settle()
      await settle()
    }
    assert.deepEqual(written, ['c\n', 'lost 2\n', 'd\n'])
  })

  test('keeps a bounded number of lines for a reader that stopped, and waits a bounded time for it', async () => {
    const { write, written, settle } = aPlace()
    const sink = new LogSink(write, 6)
    sink.write('a\n')
    await new Promise(setImmediate)
    for (const line of ['b\n', 'c\n', 'd\n', 'e\n', 'f\n']) sink.write(line)
    assert.equal(sink.lost, 2)
    await sink.flush(1)
    await settle()
    await settle()
    assert.deepEqual(written, ['a\n', 'b\nc\nd\n'])
  })
})
