import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, matchesGlob } from 'node:path'
import { describe, test } from 'node:test'
import { ROOT } from './sources.ts'

const excluded = (path: string) => /(^|\/)(node_modules|\.git|\.shenpi|dist)(\/|$)/.test(path)
const FILES = globSync('**/*', { cwd: ROOT, exclude: excluded }).map((path) =>
  statSync(join(ROOT, path)).isDirectory() ? `${path}/` : path,
)
const DOCUMENTS = FILES.filter((path) => path.endsWith('.md'))
const NAMING = ['*.md', '*/README.md', 'docs/*.md', 'docs/decisions/*.md', 'docs/protocol/*.md']
const A_PATH = /^(?=.*(?:\/|\.(?:ts|tsx|js|mjs|json|md|sh))$)(?:\.?[\w*<>-]+\/)*[\w.*<>-]*$/

/** Names in backticks that look like files or folders of this repository. One that is "(now …)" or "(gone)" is past. */
function namedPaths(text: string): string[] {
  const present = [...text.matchAll(/`([^`\n]+)`(?!\s\((?:now|gone))/g)].map(([, name = '']) => name)
  return present.filter((name) => A_PATH.test(name))
}

/** A document may name a path by its end, as `db/schema.ts`, and files that belong together by `*` or `<subject>`. */
function isFile(name: string): boolean {
  const pattern = name.replaceAll(/<[^>]*>/g, '*')
  return FILES.some((path) => matchesGlob(path, pattern) || matchesGlob(path, `**/${pattern}`))
}

describe('documents', () => {
  for (const document of DOCUMENTS) {
    const text = readFileSync(join(ROOT, document), 'utf8')

    test(`${document} links to files that exist`, () => {
      const links = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, link = '']) => link)
      const missing = links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))
      assert.deepEqual(missing, [])
    })

    if (!NAMING.some((pattern) => matchesGlob(document, pattern))) continue
    test(`${document} names files that exist`, () => {
      const missing = namedPaths(text).filter((name) => !isFile(name))
      assert.deepEqual(missing, [])
    })
  }
})
