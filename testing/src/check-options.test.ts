import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createSandbox } from './index.ts'

describe('options that a test in JavaScript gets wrong', () => {
  test('are refused in a sentence that says what there is, and nothing of them is done', async () => {
    await using sandbox = await createSandbox({ seed: 'demo', frozenAt: '2026-09-28T09:00+08:00' })
    const merchant = await sandbox.account({ activated: true })
    const receiver = await merchant.receiver()
    const wrong = (options: unknown) => options as object
    const asked: [ask: () => Promise<unknown>, told: string][] = [
      [
        () => createSandbox(wrong({ seeds: 'demo' })),
        'createSandbox: there is no option seeds; there are seed, frozenAt, settings, keep',
      ],
      [() => sandbox.account(wrong({ active: true })), 'account: there is no option active; there are name, activated'],
      [
        () => sandbox.account({ ...wrong({ activated: 'yes' }) }),
        "account: activated is 'yes', and not one of true, false",
      ],
      [
        () => merchant.receiver(wrong({ mode: 'save' })),
        "receiver: mode is 'save', and not one of plain, compatible, secure",
      ],
      [
        () => merchant.call('shop/cat/get', {}, wrong({ outcomes: '[hold]' })),
        'call: there is no option outcomes; there are outcome, headers',
      ],
      [() => receiver.next({}, wrong({ within: 5 })), 'next: there is no option within; there are withinMs'],
      [
        () => merchant.reject(undefined, wrong('no licence')),
        "reject: 'no licence' stands where options do; there are reason, fields",
      ],
      [
        () => merchant.fault(wrong('answer-lost')),
        "fault: 'answer-lost' stands where options do; there are name, scenario, match, effect, where, times, ends_at",
      ],
      [
        () => merchant.advance(wrong({ workingdays: 3 })),
        'advance: there is no option workingdays; there are to, workingDays, days, hours, minutes, seconds',
      ],
      [
        () => merchant.advance(wrong(3)),
        'advance: 3 stands where options do; there are to, workingDays, days, hours, minutes, seconds',
      ],
    ]
    for (const [ask, message] of asked) await assert.rejects(ask, { message })
    assert.equal(merchant.now.toISOString(), '2026-09-28T01:00:00.000Z')
  })
})
