import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { RULE_FILE } from '../../test/sandbox/a-rule-file.ts'
import { readRuleFile } from './rule-file.ts'

const MISTAKES: [mistake: string, change: [string, string], line: number, why: RegExp][] = [
  ['a line that is no YAML', ['rules:', 'rules: ['], 3, /./],
  ['a member that is not known', ['kinds:', 'kind:'], 5, /there is no kind, but kinds, appid/],
  ['a word that is not known', ['move: reject', 'move: refuse'], 8, /one of approve, reject, leave/],
  ['a rejection without a reason', ['reason: 数量过多', "reason: ' '"], 8, /reason/],
  ['a path that cannot be read', ['path: quantity', "path: 'quantity['"], 7, /is no path/],
  ['a field that says nothing', [', at_least: 1000', ''], 7, /one of equals/],
  ['two times', ['{ working_days: 3 }', '{ working_days: 3, polls: 1 }'], 11, /one of working_days and polls/],
  ['a name that is there', ['the-rest', 'large'], 9, /rule 1 has the same name/],
  ['a name of another mechanism', ['the-rest', 'header'], 9, /./],
  ['a list that is none', ['rules:', 'rule:'], 2, /there is no rule, but rules/],
]

describe('a file of rules', () => {
  let path = ''
  before(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'shenpi-rules-')), 'rules.yaml')
  })
  after(() => rm(dirname(path), { recursive: true }))

  test('is read as YAML and as JSON', async () => {
    await writeFile(path, RULE_FILE)
    const rules = await readRuleFile(path)
    assert.deepEqual(rules.rules.at(1), { name: 'the-rest', outcome: { move: 'approve' }, when: { working_days: 3 } })
    await writeFile(path, JSON.stringify(rules))
    assert.deepEqual(await readRuleFile(path), rules)
  })

  for (const [mistake, [from, to], line, why] of MISTAKES) {
    test(`is refused by its line for ${mistake}`, async () => {
      await writeFile(path, RULE_FILE.replace(from, to))
      await assert.rejects(
        readRuleFile(path),
        ({ message }) => message.startsWith(`${path}:${line}: `) && why.test(message),
      )
    })
  }
})
