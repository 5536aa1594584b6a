import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AccountWrites } from './account-writes.ts'

/** Writes that end when the test says so. */
function stagedWrites(together: number) {
  const asked: { accountIds: readonly number[]; end: (error?: Error) => Promise<void> }[] = []
  const failures: unknown[] = []
  const writes = new AccountWrites({
    together,
    places: 2,
    write: (accountIds) =>
      new Promise((resolve, reject) => {
        const end = async (error?: Error) => {
          if (error) reject(error)
          else resolve()
          await settled()
        }
        asked.push({ accountIds, end })
      }),
    onFailure: (error) => failures.push(error),
  })
  /** The write that was asked for last of exactly these accounts. */
  const of = (...accountIds: number[]) =>
    asked.findLast((write) => write.accountIds.join() === accountIds.join()) ?? assert.fail(`no write of ${accountIds}`)
  const log = () => asked.map(({ accountIds }) => accountIds.join())
  return { writes, failures, of, log }
}

/** What promises do that are settled already. */
const settled = () => new Promise(setImmediate)

describe('writes of accounts', () => {
  test('go together, in groups', async () => {
    const { writes, of, log } = stagedWrites(2)
    const all = writes.writeAll([1, 2, 3])
    await of(1, 2).end()
    await of(3).end()
    await all
    assert.deepEqual(log(), ['1,2', '3'])
  })

  test('go account by account when the group fails, and only the account that fails stays apart', async () => {
    const { writes, failures, of, log } = stagedWrites(10)
    const first = writes.writeAll([1, 2, 3])
    await of(1, 2, 3).end(new Error('the shard is down'))
    await first
    assert.deepEqual(log(), ['1,2,3', '1', '2'], 'two at a time')
    await of(1).end()
    await of(2).end(new Error('the shard is down'))
    await of(3).end()
    assert.deepEqual(failures, [new Error('the shard is down')])

    const second = writes.writeAll([1, 2, 3])
    await settled()
    assert.deepEqual(log().slice(4), ['1,3', '2'])
    await of(1, 3).end()
    await second
    await of(2).end()
    void writes.writeAll([1, 2, 3])
    assert.equal(log().at(-1), '1,2,3', 'together again since it went well')
  })

  test('hold up no other account when one takes long', async () => {
    const { writes, of, log } = stagedWrites(10)
    void writes.writeAll([1])
    await of(1).end(new Error('the shard is down'))
    // It is tried apart, and that hangs.
    const next = writes.writeAll([1, 2])
    await of(2).end()
    await next
    const third = writes.writeAll([1, 2])
    await of(2).end()
    await third
    assert.deepEqual(log(), ['1', '1', '2', '2'])
  })

  test('happen one after another where they are of one account', async () => {
    const { writes, of, log } = stagedWrites(10)
    void writes.writeAll([1, 2])
    const asked = writes.write(1)
    const rejected = assert.rejects(asked, /down/)
    const reset = writes.alone(1, async () => log().length)
    await settled()
    assert.deepEqual(log(), ['1,2'])
    await of(1, 2).end()
    assert.deepEqual(log(), ['1,2', '1'])
    await of(1).end(new Error('the shard is down'))
    await rejected
    assert.equal(await reset, 2)
  })

  test('are waited for by a flush, those apart too', async () => {
    const { writes, of } = stagedWrites(10)
    let flushed = false
    void writes.flush(() => [1]).then(() => (flushed = true))
    await settled()
    await of(1).end(new Error('the shard is down'))
    assert.equal(flushed, false)
    await of(1).end(new Error('the shard is down'))
    assert.equal(flushed, true)
  })
})
