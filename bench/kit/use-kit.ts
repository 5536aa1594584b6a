import { createRequire } from 'node:module'
import process, { memoryUsage } from 'node:process'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { median } from '../statistics.ts'

// node bench/kit/use-kit.ts FILE HOW [CYCLES]: use a built kit, whose index.js FILE is, and print what was measured in JSON.

type Kit = typeof import('../../testing/src/index.ts')

const [, , file = '', how = '', cycles = '1000'] = process.argv
const begun = performance.now()
const kit: Kit = await import(file)
const importMs = performance.now() - begun
/** What only some tests need, as far as the import has loaded it. */
const early = [
  ...Object.keys(createRequire(import.meta.url).cache),
  ...('moduleLoadList' in process && Array.isArray(process.moduleLoadList) ? process.moduleLoadList : []),
].filter((name) => /sharp|forge|undici/.test(name))

const FROZEN = { seed: 'bench', frozenAt: '2026-09-28T09:00+08:00' }
const ROUNDS = 40
/** Before them the code is not compiled, and the template not laid. */
const WARM_UP = 10

const AUDIT_CATEGORY = {
  audit_req: {
    license: ['https://example.com/licence.png'],
    category_info: { level1: 7419, level2: 7439, level3: 7448, certificate: ['https://example.com/certificate.png'] },
  },
}

/** From a sandbox's opening to what it answers first. */
async function answerFirst(): Promise<number> {
  const started = performance.now()
  await using sandbox = await kit.createSandbox(FROZEN)
  const merchant = await sandbox.account({ activated: true })
  await merchant.call('shop/cat/get', {})
  return performance.now() - started
}

/** The whole test of the recipes, its sandbox too. */
async function testWhole(): Promise<number> {
  const started = performance.now()
  {
    await using sandbox = await kit.createSandbox(FROZEN)
    const merchant = await sandbox.account({ activated: true })
    const receiver = await merchant.receiver({ mode: 'secure' })
    const outcome = '[reject:not legible;after=3wd]'
    await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY, { outcome })
    await merchant.advance({ workingDays: 3 })
    await receiver.next({ QualificationAuditResult: { status: 9 } })
    const { audit_id } = await merchant.call('shop/audit/audit_category', AUDIT_CATEGORY)
    await merchant.approve(audit_id)
    await receiver.next({ QualificationAuditResult: { status: 1 } })
  }
  return performance.now() - started
}

async function times(of: () => Promise<number>): Promise<number[]> {
  const all: number[] = []
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) all.push(await of())
  return all
}

/** The first in a process, and the median and the least of those that come when everything is warm. */
function summarize([first = 0, ...rest]: number[]) {
  const warm = rest.slice(WARM_UP - 1)
  return { first, median: median(warm), least: Math.min(...warm) }
}

async function openTogether(count: number) {
  const before = memoryUsage.rss()
  const sandboxes = await Promise.all(Array.from({ length: count }, () => kit.createSandbox(FROZEN)))
  const answers = await Promise.all(sandboxes.map((sandbox) => sandbox.fetch('http://sandbox.test/livez')))
  const eachMb = (memoryUsage.rss() - before) / count / 1024 ** 2
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()))
  return { answered: answers.filter(({ ok }) => ok).length, eachMb }
}

/** How many cycles garbage may wait: by itself it takes as much room as it is given, and tells nothing of what is held. */
const COLLECT_EVERY = 50

/** Before them the code is not compiled. */
const WARM_UP_CYCLES = 100

/** Memory before so many cycles, and after them. @param how garbage is collected before a look at it, in V8's words */
async function growth(cycles: number, ...how: object[]) {
  const sizes = new Map<number, NodeJS.MemoryUsage>()
  for (let cycle = 1; cycle <= WARM_UP_CYCLES + cycles; cycle += 1) {
    {
      await using sandbox = await kit.createSandbox(FROZEN)
      await (await sandbox.account({ activated: true })).call('shop/cat/get', {})
    }
    if (cycle % COLLECT_EVERY === 0) sizes.set(cycle, await collectedMemory(...how))
  }
  const [before, after] = [sizes.get(WARM_UP_CYCLES), sizes.get(WARM_UP_CYCLES + cycles)]
  if (!before || !after) throw new Error(`the cycles go by ${COLLECT_EVERY}`)
  return {
    ...{ begin: before.rss / 1024 ** 2, end: after.rss / 1024 ** 2, grown: after.rss / before.rss - 1 },
    heapBytesEach: (after.heapUsed - before.heapUsed) / cycles,
  }
}

async function collectedMemory(...how: object[]): Promise<NodeJS.MemoryUsage> {
  setFlagsFromString('--expose-gc')
  for (let turn = 0; turn < 3; turn += 1) {
    runInNewContext('gc')(...how)
    await nextTurn()
  }
  return memoryUsage()
}

const ways: Record<string, () => Promise<object>> = {
  import: async () => ({ importMs, early }),
  first: async () => summarize(await times(answerFirst)),
  whole: async () => summarize(await times(testWhole)),
  together: () => openTogether(100),
  cycles: () => growth(Number(cycles)),
  // Without the room that V8 keeps for objects to come. What its compilers take, Node's arguments leave out.
  held: () => growth(Number(cycles), { type: 'major', flavor: 'last-resort' }),
}
const way = ways[how]
if (!way) throw new Error(`HOW is one of ${Object.keys(ways).join(', ')}`)
console.log(JSON.stringify(await way()))
