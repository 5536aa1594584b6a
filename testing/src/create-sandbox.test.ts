import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { createSandbox, openSandbox, type SandboxOptions } from './create-sandbox.ts'
import { newFolder, processFolder } from './temporary-folder.ts'

const FROZEN = { seed: 'demo', frozenAt: '2026-09-28T09:00+08:00' }

const REFUSED: [options: SandboxOptions, told: RegExp][] = [
  [{ frozenAt: 'rubbish' }, /^Error: frozenAt: "rubbish" is no time with its zone, like /],
  [{ frozenAt: '2026-09-28T09:00' }, /^Error: frozenAt: "2026-09-28T09:00" is no time with its zone/],
  [{ frozenAt: new Date(Number.NaN) }, /^Error: frozenAt: "Invalid Date" is no time/],
  [{ settings: { QUICK_REVIEW_MAX: 'x' } }, /QUICK_REVIEW_MAX: a whole number/],
  [
    { settings: { DATABASE_URL: 'postgres://db/x', PORT: '1' } },
    /^Error: settings: .* no DATABASE_URL, PORT, it has a place/,
  ],
  [{ settings: { SANDBOX_SEED_FILE: '/nowhere.yaml' } }, /nowhere\.yaml cannot be read/],
  [{ keep: '' }, /^Error: keep: "" cannot be a folder/],
]

describe('a sandbox that is refused', () => {
  for (const [options, told] of REFUSED) {
    test(`leaves nothing: ${JSON.stringify(options)}`, async () => {
      const left = () => readdirSync(processFolder())
      await (await createSandbox()).close()
      const before = left()
      await assert.rejects(createSandbox(options), told)
      assert.deepEqual(left(), before)
    })
  }
})

test('a folder whose sandbox does not open is let go of', async () => {
  const folder = newFolder()
  await assert.rejects(openSandbox(folder, { settings: { QUICK_REVIEW_MAX: 'x' } }), /QUICK_REVIEW_MAX/)
  assert.ok(!existsSync(folder.path))
})

describe('a folder that is kept', () => {
  let keep: string
  beforeEach(() => {
    keep = mkdtempSync(join(tmpdir(), 'shenpi-kept-'))
  })
  afterEach(() => rmSync(keep, { recursive: true, force: true }))

  test('holds the data of the last run alone, with the settings that it was given', async () => {
    for (let run = 0; run < 2; run += 1) {
      await using sandbox = await createSandbox({ ...FROZEN, keep, settings: { QUICK_REVIEW_MAX: '0' } })
      const { wire } = await sandbox.account({ activated: true })
      const { audit_status } = await wire.deviceBatches.deviceApplyId({ quantity: 1, apply_reason: 'a new shop' })
      assert.equal(audit_status, 1)
      // As a run that is killed leaves it.
      writeFileSync(join(keep, 'shenpi.db-wal.left'), 'x')
    }
    assert.ok(existsSync(join(keep, 'shenpi.db')))
    await (await createSandbox({ keep })).close()
    assert.ok(!existsSync(join(keep, 'shenpi.db-wal.left')))
  })

  test('is refused when it holds the data of others, which stays as it was', async () => {
    writeFileSync(join(keep, 'shenpi.db'), 'theirs')
    await assert.rejects(createSandbox({ keep }), /^Error: keep: .* holds what no test has left there\./)
    assert.deepEqual(readdirSync(keep), ['shenpi.db'])
    assert.equal(readFileSync(join(keep, 'shenpi.db'), 'utf8'), 'theirs')
  })

  test('is refused while another sandbox has it, and free when that is closed', async () => {
    {
      await using first = await createSandbox({ keep })
      await assert.rejects(createSandbox({ keep }), /^Error: Another shenpi server uses /)
      assert.ok(await first.sample())
    }
    await (await createSandbox({ keep })).close()
  })
})
