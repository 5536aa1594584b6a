import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { exampleOf } from './examples.ts'
import { addTypes, type InstalledKit, installKit } from './installed-kit.ts'
import { findPackages, RUNNERS } from './installed-packages.ts'
import { runIn } from './run-in.ts'

const TSC = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc')

/** How each runner is told which file to run, and what it says when one test has passed. */
const RUNS = {
  'node-test': { file: 'example.test.mjs', args: ['--test'], passed: /pass 1\b/ },
  vitest: { file: 'example.spec.mjs', args: ['node_modules/vitest/vitest.mjs', 'run'], passed: /1 passed/ },
  jest: { file: 'example.test.js', args: ['node_modules/jest/bin/jest.js'], passed: /1 passed/ },
}

describe('the examples of testing/README.md', () => {
  const beside = findPackages(RUNNERS)
  let kit: InstalledKit
  before(async () => {
    kit = await installKit(beside)
  })
  after(() => kit[Symbol.dispose]())

  test('are what its types say', async () => {
    addTypes(kit)
    writeFileSync(join(kit.folder, 'example.mts'), exampleOf('node-test'))
    const options = ['--noEmit', '--strict', '--target', 'esnext', '--module', 'nodenext', '--types', 'node']
    await runIn(kit.folder, [TSC, ...options, '--ignoreConfig', 'example.mts'])
  })

  for (const [runner, { file, args, passed }] of Object.entries(RUNS)) {
    if (runner !== 'node-test' && !beside) continue
    test(`run on ${runner} as they are printed`, async () => {
      writeFileSync(join(kit.folder, file), exampleOf(runner))
      assert.match(await runIn(kit.folder, [...args, file]), passed)
    })
  }
})
