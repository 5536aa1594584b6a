import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aWorker, SILENT, SLOW } from '../../test/a-worker.ts'
import { until } from '../../test/until.ts'
import { Gate } from './gate.ts'
import { startInSandbox } from './in-sandbox.ts'

const PLACES = { total: 10, slow: 10, perAccount: 10, perSlowAccount: 2 }

describe('a worker of a sandbox', () => {
  for (const waitedMs of [0, SLOW]) {
    test(`does an account's jobs one after another, if each takes ${waitedMs} ms`, async () => {
      const { start, add, running, end, most } = aSandboxWorker()
      const names = Array.from({ length: 9 }, (_, index) => `a${index}`)
      add(1, ...names)
      const worker = start()
      for (const name of names) {
        await until(() => running().includes(name))
        end(name, waitedMs)
      }
      await worker.stop()
      assert.equal(most(), 1)
    })
  }

  test('has no place for a job that is not in its row yet, as one that waits may be before it', async () => {
    const worker = aSandboxWorker().start()
    assert.equal(worker.reserve(1), undefined)
    await worker.stop()
  })

  test('leaves a job that is due in days where it is', async () => {
    let brought = 0
    const bringForward = async () => {
      brought += 1
    }
    const { start, add, running, end } = aSandboxWorker({ bringForward })
    add(1, 'a1')
    const worker = start()
    await until(() => running().includes('a1'))
    end('a1')
    await worker.stop()
    assert.equal(brought, 0)
  })

  test('does not look by itself for work of an account whose time somebody lets pass', async () => {
    const { start, underWay, add, running, end } = aSandboxWorker()
    underWay.add(1)
    add(1, 'a1')
    add(2, 'b1')
    const worker = start()
    await until(() => running().includes('b1'))
    assert.deepEqual(running(), ['b1'])
    end('b1')
    const settled = worker.settle(1)
    await until(() => running().includes('a1'))
    end('a1')
    await settled
    await worker.stop()
  })
})

function aSandboxWorker(changes: Parameters<typeof aWorker>[1] = {}) {
  const underWay = new Set<number>()
  const { queue, clock, ...rest } = aWorker(10, { places: PLACES, ...changes })
  const start = () => startInSandbox(queue, { clock, log: SILENT }, { gate: new Gate(), clocks: { underWay } })
  return { ...rest, start, underWay }
}
