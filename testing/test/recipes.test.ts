import assert from 'node:assert/strict'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type InstalledKit, installKit } from './installed-kit.ts'
import { findPackages, SDKS } from './installed-packages.ts'
import { runIn } from './run-in.ts'

const RECIPES = join(import.meta.dirname, '../../docs/recipes')
const PAGES = globSync('*.md', { cwd: RECIPES, exclude: ['README.md'] }).sort()
const recipeOf = (page: string) => /```js recipe\n(.*?)```/s.exec(readFileSync(join(RECIPES, page), 'utf8'))?.[1]

describe('the recipes of docs/recipes', () => {
  const beside = findPackages(SDKS)
  let kit: InstalledKit
  before(async () => {
    kit = await installKit(beside)
  })
  after(() => kit[Symbol.dispose]())

  test('are one for each SDK, and say what was checked', () => {
    const pages = PAGES.map((page) => page.replace('.md', ''))
    assert.deepEqual(pages, [
      'EasyWeChat',
      'WeChatDeveloper',
      'WxJava',
      'chanxuehong-wechat',
      'co-wechat-api',
      'node-easywechat',
      'tnwx',
      'wechat-api',
      'wechatpy',
    ])
    for (const page of PAGES) assert.match(readFileSync(join(RECIPES, page), 'utf8'), /\nChecked: /, page)
  })

  for (const page of PAGES) {
    const recipe = recipeOf(page)
    if (!recipe || !beside) continue
    test(`run as they are printed: ${page}`, async () => {
      const file = page.replace('.md', '.test.mjs')
      writeFileSync(join(kit.folder, file), recipe)
      assert.match(await runIn(kit.folder, ['--test', file]), /pass 1\b/)
    })
  }
})
