import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { installKit } from '../../testing/test/installed-kit.ts'
import type { Figure, Measure } from '../measure.ts'
import { median } from '../statistics.ts'

const USE_KIT = join(import.meta.dirname, 'use-kit.ts')
const IMPORTS_MIN = 7
/** Arguments of Node. What V8 compiles for speed, and the room that compiling takes, grows for as long as code gets hot. */
export const WITHOUT_COMPILERS = ['--no-maglev', '--no-turbofan']

/** What a test pays for a sandbox of its own: of the kit as it is published, each question in a process of its own. */
export const kit: Measure = {
  name: 'kit',
  byNameAlone: true,
  async run({ name }, { rounds }) {
    if (name !== 'sqlite') return []
    using installed = await installKit()
    const use = (how: string, ...flags: readonly string[]): Record<string, number> =>
      JSON.parse(
        execFileSync(process.execPath, [...flags, USE_KIT, join(installed.files, 'index.js'), how], {
          encoding: 'utf8',
        }),
      )
    const imports = Array.from({ length: Math.max(rounds, IMPORTS_MIN) }, () => use('import').importMs ?? 0)
    return [
      ms('kit: import', 300, median(imports), `the least ${Math.min(...imports).toFixed(0)} ms`),
      timed('kit: createSandbox() to the first answer', 150, use('first')),
      timed('kit: the whole test of the recipes', 50, use('whole')),
      together(use('together')),
      { ...growth('kit: memory after 1,000 cycles, × that before', use('cycles')), bar: { atMost: 1.05 } },
      growth('kit: the same without the room that V8 takes for itself', use('held', ...WITHOUT_COMPILERS)),
    ]
  },
}

const ms = (measure: string, atMost: number, value: number, detail: string): Figure => ({
  ...{ measure, value, detail, unit: 'ms', bar: { atMost } },
})

function timed(measure: string, atMost: number, { median = 0, least = 0, first = 0 }: Record<string, number>): Figure {
  return ms(measure, atMost, median, `the least ${least.toFixed(0)}, the first in a process ${first.toFixed(0)} ms`)
}

function together({ answered = 0, eachMb = 0 }: Record<string, number>): Figure {
  const measure = 'kit: sandboxes that answer in one process'
  return { measure, value: answered, unit: 'count', bar: { atLeast: 100 }, detail: `${eachMb.toFixed(1)} MB each` }
}

function growth(measure: string, { begin = 0, end = 0, grown = 0 }: Record<string, number>): Figure {
  return { measure, value: 1 + grown, unit: 'ratio', detail: `${begin.toFixed(0)} → ${end.toFixed(0)} MB` }
}
