import assert from 'node:assert/strict'
import { globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { PICTURE_MAX, TOUR, TOUR_FOLDER } from './tour.ts'

const ROOT = join(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const picturesOf = (path: string) =>
  [...read(path).matchAll(/\]\((?:docs\/)?console\/([\w-]+\.webp)\)/g)].map(([, name]) => name)

describe('the tour of the console', () => {
  test('shows the pictures of all its stops, and no other is there', () => {
    const drawn = TOUR.map(({ name }) => `${name}.webp`).sort()
    assert.deepEqual(readdirSync(join(ROOT, TOUR_FOLDER)).sort(), drawn)
    assert.deepEqual([...new Set(picturesOf('docs/console.md'))].sort(), drawn)
    assert.ok(picturesOf('README.md').every((name) => drawn.includes(`${name}`)))
    assert.equal(picturesOf('README.md').length, 2)
  })

  test(`has pictures of ${PICTURE_MAX} bytes at most`, () => {
    for (const { name } of TOUR) assert.ok(statSync(join(ROOT, TOUR_FOLDER, `${name}.webp`)).size <= PICTURE_MAX, name)
  })

  test('stops at every page of the console', () => {
    const sources = globSync('console/src/**/*.{ts,tsx}', { cwd: ROOT }).map(read)
    const routes = sources
      .filter((source) => source.includes('createRoute('))
      .flatMap((source) => [...source.matchAll(/\bpath: '(\/[^']+)'/g)].map(([, path]) => path))
    assert.ok(routes.length > 0)
    const stops = new Set(TOUR.map(({ route }) => route))
    assert.deepEqual(
      routes.filter((route) => !stops.has(`${route}`)),
      [],
    )
  })
})
