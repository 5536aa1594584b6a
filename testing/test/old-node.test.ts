import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type InstalledKit, installKit } from './installed-kit.ts'
import { runIn } from './run-in.ts'

describe('the built kit on a Node that is too old', () => {
  let kit: InstalledKit
  before(async () => {
    kit = await installKit()
  })
  after(() => kit[Symbol.dispose]())

  test('says so in a sentence', async () => {
    const older = "data:text/javascript,Object.defineProperty(process, 'version', { value: 'v22.20.0' })"
    const script = "import('@shenpi/testing').catch(({ message }) => console.log(message))"
    const told = await runIn(kit.folder, ['--import', older, '--eval', script])
    assert.match(told, /^@shenpi\/testing needs Node 24 or newer, .* this is Node v22\.20\.0$/m)
  })

  test('can be read by it: no declaration of what is disposed of stands in it', () => {
    for (const file of readdirSync(kit.files).filter((name) => name.endsWith('.js'))) {
      assert.doesNotMatch(readFileSync(join(kit.files, file), 'utf8'), /^\s*(?:await )?using \w+ =/m, file)
    }
  })
})
