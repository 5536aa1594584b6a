import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { circleIn, type Import, importsOf } from './imports.ts'
import { ROOT, sourcesOf } from './sources.ts'

const PACKAGES = ['sdk', 'conformance', 'server', 'testing'] as const
/** The packages whose folders docs/architecture.md puts in order. */
const ORDERED = ['server', 'sdk', 'conformance'] as const
/** Subfolders of one folder, of which the first imports nothing of the second. */
const APART = [
  ['server/src/http/wechat', 'server/src/http/api'],
  ['server/src/http/api', 'server/src/http/wechat'],
  ['sdk/src/contract/wire', 'sdk/src/contract/api'],
] as const

/** What stands in a table of docs/architecture.md, in its order: a folder imports only what stands before it. */
function orderOf(name: string): string[] {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
  const table = text.split('\n\n').find((part) => part.startsWith(`| in \`${name}/src\``))
  assert.ok(table, `docs/architecture.md puts the folders of ${name}/src in order`)
  return table
    .split('\n')
    .slice(1)
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, folder]) => folder ?? ''))
}

/** The imports between the folders of a package; a file beside the folders is one of its own. */
function arrowsOf(name: string): Import[] {
  const folder = `${name}/src/`
  const folderOf = (path: string) => path.slice(folder.length).split('/')[0] ?? ''
  return importsOf(sourcesOf(`${name}/src`))
    .filter(({ to }) => to.startsWith(folder))
    .map(({ from, to }) => ({ from: folderOf(from), to: folderOf(to) }))
    .filter(({ from, to }) => from !== to)
}

for (const name of ORDERED) {
  describe(`imports in ${name}/src`, () => {
    test('point from a folder to those that stand before it in docs/architecture.md', () => {
      const order = orderOf(name)
      const back = arrowsOf(name).filter(({ from, to }) => order.indexOf(to) >= order.indexOf(from))
      assert.deepEqual([...new Set(back.map(({ from, to }) => `${from} → ${to}`))], [])
    })

    test('are between the folders that docs/architecture.md names, and all of them', () => {
      const folders = new Set(sourcesOf(`${name}/src`).map(({ path }) => path.split('/')[2] ?? ''))
      const generated = name === 'sdk' ? ['calls'] : []
      assert.deepEqual(orderOf(name).sort(), [...folders, ...generated].sort())
    })
  })
}

for (const name of PACKAGES) {
  describe(`imports in the package ${name}`, () => {
    const imports = importsOf(sourcesOf(`${name}/src`))

    test('make no circle, types included', () => {
      assert.deepEqual(circleIn(imports), [])
    })

    test('stay in the package, or name one of its dependencies', () => {
      const { dependencies } = JSON.parse(readFileSync(join(ROOT, name, 'package.json'), 'utf8'))
      const isAllowed = ({ to }: Import) => {
        if (to.startsWith(`${name}/src/`) || to === `${name}/package.json` || isBuiltin(to)) return true
        return Object.keys(dependencies).some((dependency) => to === dependency || to.startsWith(`${dependency}/`))
      }
      assert.deepEqual(
        imports.filter((each) => !isAllowed(each)),
        [],
      )
    })
  })
}

for (const [from, to] of APART) {
  test(`${from} imports nothing of ${to}`, () => {
    const imports = importsOf(sourcesOf(from))
    assert.ok(imports.length > 0)
    assert.deepEqual(
      imports.filter((each) => each.to.startsWith(`${to}/`)),
      [],
    )
  })
}

test('neither the SDK nor conformance depends on the server, nor the server on conformance', () => {
  const dependenciesOf = (name: string): string[] =>
    Object.keys(JSON.parse(readFileSync(join(ROOT, name, 'package.json'), 'utf8')).dependencies)
  assert.ok(!dependenciesOf('sdk').some((name) => name.startsWith('shenpi')))
  assert.ok(!dependenciesOf('conformance').includes('shenpi'))
  assert.ok(!dependenciesOf('server').includes('shenpi-conformance'))
})
