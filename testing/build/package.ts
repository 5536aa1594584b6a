import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import sdk from '../../sdk/package.json' with { type: 'json' }
import server from '../../server/package.json' with { type: 'json' }
import source from '../package.json' with { type: 'json' }
import { writeDeclarations } from './declarations.ts'
import { writeNotices } from './notices.ts'

// npm run build -w testing: make testing/dist, the package as it is published (npm publish ./testing/dist). It holds the
// server, bundled, and what that needs of others: a thousand files would take longer to read than a test takes.

const TESTING = join(import.meta.dirname, '..')
const SERVER = join(TESTING, '../server')

/** What is not JavaScript alone is installed; and a sandbox in a test has no PostgreSQL. */
const NOT_BUNDLED = /^(sharp|pg|pg-protocol|vitest)($|\/)/
/** Files that the server reads beside its code. */
const READ_BESIDE = ['sandbox/sample-document.png', 'http/wechat/try-calls.js']

/** The entries that are TypeScript; Jest's is written as Jest reads it. */
const modules = Object.values(source.exports).flatMap((file) => /^\.\/src\/(.*)\.ts$/.exec(file)?.[1] ?? [])

/** The package.json of what is published: entries of JavaScript and their types, and what is not bundled. */
function toPublished({ private: _, scripts: __, devDependencies: ___, exports: ____, ...rest }: typeof source): object {
  return {
    ...rest,
    exports: Object.fromEntries(Object.entries(source.exports).map(([entry, file]) => [entry, conditionsOf(file)])),
    dependencies: { '@shenpi/sdk': sdk.version, sharp: server.dependencies.sharp },
  }
}

function conditionsOf(file: string) {
  const built = file.replace('./src/', './').replace(/\.ts$/, '.js')
  return { types: built.replace(/\.(c?)js$/, '.d.$1ts'), default: built }
}

export async function build(outDir: string): Promise<void> {
  rmSync(outDir, { recursive: true, force: true })
  mkdirSync(outDir, { recursive: true })
  const bundle = await rolldown({
    cwd: TESTING,
    platform: 'node',
    // So that an older Node reads it, and is told that it is too old.
    transform: { target: 'node20' },
    resolve: { alias: { 'node:sqlite': join(TESTING, 'build/node-sqlite.js') } },
    input: Object.fromEntries(modules.map((name) => [name, `src/${name}.ts`])),
    external: (id) => (id.startsWith('node:') && id !== 'node:sqlite') || NOT_BUNDLED.test(id),
    logLevel: 'warn',
  })
  const { output } = await bundle.write({ dir: outDir, format: 'esm', chunkFileNames: '[name]-[hash].js' })
  writeNotices(
    outDir,
    output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : [])),
  )
  writeDeclarations(
    join(TESTING, 'src'),
    outDir,
    modules.map((name) => `${name}.ts`),
  )
  for (const file of READ_BESIDE) cpSync(join(SERVER, 'src', file), join(outDir, file.replace(/.*\//, '')))
  for (const file of ['jest.cjs', 'jest.d.cts']) cpSync(join(TESTING, 'src', file), join(outDir, file))
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(toPublished(source), null, 2)}\n`)
  for (const file of ['README.md', '../LICENSE']) {
    writeFileSync(join(outDir, file.replace('../', '')), readFileSync(join(TESTING, file)))
  }
}

if (import.meta.main) await build(join(TESTING, 'dist'))
