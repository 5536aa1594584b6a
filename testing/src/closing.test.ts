import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { createSandbox } from './index.ts'

const FROZEN = { seed: 'demo', frozenAt: '2026-09-28T09:00+08:00' }

describe('closing a sandbox', () => {
  test('waits for what the test has begun', async () => {
    const sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account({ activated: true })
    const begun = [merchant.call('shop/cat/get'), merchant.advance({ workingDays: 3 }), sandbox.account()]
    await sandbox.close()
    const results = await Promise.allSettled(begun)
    assert.deepEqual(
      results.map(({ status }) => status),
      begun.map(() => 'fulfilled'),
    )
  })

  test('ends what is asked of it later, in a sentence', async () => {
    const sandbox = await createSandbox(FROZEN)
    const merchant = await sandbox.account({ activated: true })
    const receiver = await merchant.receiver()
    const { wire } = merchant
    const snapshot = await sandbox.snapshot()
    const waiting = assert.rejects(receiver.next({}, { withinMs: 1 }), /closed|No callback/)
    await sandbox.close()
    await waiting
    for (const ask of [
      () => merchant.call('shop/cat/get'),
      () => wire.categories.catGet(),
      () => merchant.advance(),
      () => merchant.approve(),
      () => merchant.receiver(),
      () => receiver.next(),
      () => sandbox.account(),
      () => sandbox.sample(),
      () => sandbox.url,
      () => sandbox.reset(),
    ]) {
      await assert.rejects(ask, /This sandbox is closed\. Did the test await/, String(ask))
    }
    await assert.rejects(snapshot.restore(), /no answer \(SANDBOX_CLOSED\)/)
  })

  test('is not needed for the process to end', { timeout: 60_000 }, async () => {
    const script = `import { createSandbox } from './index.ts'
      const sandbox = await createSandbox()
      const merchant = await sandbox.account({ activated: true })
      await merchant.receiver().then((receiver) => receiver.next({}, { withinMs: 1 })).catch(({ message }) => console.log(message))`
    const run = promisify(execFile)
    const args = ['--input-type=module', '--eval', script]
    const { stdout } = await run(process.execPath, args, { cwd: import.meta.dirname })
    assert.match(stdout, /^No callback said /)
  })

  test('tells what never struck beside a failure of the test, of which JavaScript makes one error', async (t) => {
    const { mock } = t.mock.method(process.stderr, 'write', () => true)
    const own = new Error('its own')
    const run = async () => {
      await using sandbox = await createSandbox(FROZEN)
      await sandbox.fault({ name: 'lost', scenario: 'answer-lost' })
      throw own
    }
    const error = await run().catch((reason: unknown) => reason)
    mock.restore()
    assert.ok(error instanceof SuppressedError)
    assert.equal(error.suppressed, own)
    assert.match(String(mock.calls[0]?.arguments[0]), /^lost never struck: /)
  })
})
