import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { BUN, CHROMIUM, findProgram, OLDEST_NODE, withoutProgram } from './programs.ts'

test('a program is found by its variable, or else on the PATH', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shenpi-programs-'))
  try {
    const [bun, other] = [join(folder, 'bun'), join(folder, 'other')]
    for (const file of [bun, other]) writeFileSync(file, '')
    const PATH = ['/nowhere', folder].join(delimiter)
    assert.equal(findProgram(BUN, { PATH }), undefined, 'a file that cannot be run is none')
    for (const file of [bun, other]) chmodSync(file, 0o755)
    assert.equal(findProgram(BUN, { PATH }), bun)
    assert.equal(findProgram(BUN, { PATH, BUN_BIN: other }), other)
    assert.equal(findProgram(CHROMIUM, { PATH }), undefined)
    assert.equal(findProgram(OLDEST_NODE, { PATH }), undefined)
    for (const none of ['/nowhere/bun', folder]) {
      assert.throws(() => findProgram(BUN, { PATH, BUN_BIN: none }), {
        message: `BUN_BIN is ${none}, which is no program.`,
      })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a missing program is reported with its remedy', () => {
  assert.match(withoutProgram(BUN), /on Bun did not run.*Put bun on the PATH, or name its file in BUN_BIN\.$/)
  assert.match(withoutProgram(OLDEST_NODE), /Name its file in OLDEST_NODE_BIN\.$/)
})
