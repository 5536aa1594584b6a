import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// npm run build -w sdk: make sdk/dist, the package as it is published (npm publish ./sdk/dist). Inside the workspace
// everything imports the sources, so nothing has to be built before it can be tested; node_modules is where Node does
// not strip types, so what is installed from a registry has to be JavaScript. That is why the two have a package.json each.

const SDK = join(import.meta.dirname, '..')
/** The oldest Node that it is tested on. The JavaScript uses `AbortSignal.any` and `toSorted`. */
export const PUBLISHED_ENGINES = { node: '>=20.10' }

/** The package.json of what is published: entries of JavaScript and its types, and no more scripts. */
export function toPublished(source: Record<string, unknown>): Record<string, unknown> {
  const { private: _, scripts: __, exports, ...rest } = source
  const entries = Object.entries(exports as Record<string, string>).map(([entry, file]) => {
    const built = file.replace('./src/', './').replace(/\.ts$/, '')
    return [entry, { types: `${built}.d.ts`, default: `${built}.js` }]
  })
  return { ...rest, exports: Object.fromEntries(entries), engines: PUBLISHED_ENGINES }
}

export function build(outDir: string): void {
  rmSync(outDir, { recursive: true, force: true })
  const tsc = join(SDK, '../node_modules/.bin/tsc')
  execFileSync(tsc, ['-p', join(SDK, 'tsconfig.build.json'), '--outDir', outDir], { stdio: 'inherit' })
  const source = JSON.parse(readFileSync(join(SDK, 'package.json'), 'utf8')) as Record<string, unknown>
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(toPublished(source), null, 2)}\n`)
  copyFileSync(join(SDK, 'README.md'), join(outDir, 'README.md'))
  copyFileSync(join(SDK, '../LICENSE'), join(outDir, 'LICENSE'))
}

if (import.meta.main) build(join(SDK, 'dist'))
