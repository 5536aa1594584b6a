import { execFileSync } from 'node:child_process'
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import source from '../package.json' with { type: 'json' }

// npm run build -w sdk: make sdk/dist, the package as it is published (npm publish ./sdk/dist). Inside the workspace
// everything imports the sources, so nothing has to be built before it can be tested; node_modules is where Node does
// not strip types, so what is installed from a registry has to be JavaScript. That is why the two have a package.json each.

const SDK = join(import.meta.dirname, '..')
/** The oldest Node that it is tested on. The JavaScript uses `AbortSignal.any` and `toSorted`. */
export const PUBLISHED_ENGINES = { node: '>=20.10' }

/** The package.json of what is published: entries of JavaScript and its types, and no more scripts. */
function toPublished({ private: _, scripts: __, exports, ...rest }: typeof source): object {
  const entries = Object.entries(exports).map(([entry, file]) => {
    const built = file.replace('./src/', './').replace(/\.ts$/, '')
    return [entry, { types: `${built}.d.ts`, default: `${built}.js` }]
  })
  return { ...rest, exports: Object.fromEntries(entries), engines: PUBLISHED_ENGINES }
}

export function build(outDir: string): void {
  rmSync(outDir, { recursive: true, force: true })
  const tsc = join(SDK, '../node_modules/.bin/tsc')
  execFileSync(tsc, ['-p', join(SDK, 'tsconfig.build.json'), '--outDir', outDir], { stdio: 'inherit' })
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(toPublished(source), null, 2)}\n`)
  copyFileSync(join(SDK, 'README.md'), join(outDir, 'README.md'))
  copyFileSync(join(SDK, '../LICENSE'), join(outDir, 'LICENSE'))
}

if (import.meta.main) build(join(SDK, 'dist'))
