import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { availableParallelism, constants } from 'node:os'
import { join, matchesGlob, relative, resolve } from 'node:path'
import { noteUnreached } from '../../testing/test/installed-packages.ts'
import { isCitusHere, startCitusCluster } from './citus-cluster.ts'
import { createCitusDatabase, createTemplates } from './citus-database.ts'
import { CITUS_FILES } from './citus-files.ts'
import { POSTGRES_MIN_MAJOR } from './postgres-binaries.ts'
import { startPostgresCluster } from './postgres-cluster.ts'
import { missingPrograms } from './programs.ts'
import { noteStatements } from './statements/note-statements.ts'
import { layTemplates } from './templates.ts'
import { makeTemporaryFolder } from './temporary-folder.ts'

// npm test [-- pattern… --coverage --test-…]: a pattern is a glob or a part of a test file's path; an option of
// node's own runner is passed on. The PostgreSQL half runs on TEST_DATABASE_URL, or on a server of this run's own.
// What of the statements that the tests send is not accounted for fails the run, too (statements/account-for.ts).
// npm run test:citus runs the files of citus-files.ts on TEST_CITUS_URL, or on a coordinator and two workers of its own.

const ROOT = join(import.meta.dirname, '../..')
const TEST_FILES = [
  'sdk/src',
  'conformance/src',
  'server/src',
  'server/test',
  'testing/src',
  'testing/test',
  'bench',
].map((folder) => `${folder}/**/*.test.ts`)
const NOT_COVERED = ['**/*.test.ts', '**/node_modules/**', '**/test/**', '**/bench/**', '**/demo/**']
const COVERAGE = ['--experimental-test-coverage', ...NOT_COVERED.map((glob) => `--test-coverage-exclude=${glob}`)]

/** Where the server keeps what was compiled of the code: 200 test files read most of the same. Coverage is told by lines. */
const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, 'server/.cache') }

const WITHOUT_POSTGRES = `The PostgreSQL half of the tests did not run: these results are SQLite's alone.
This machine has no PostgreSQL ${POSTGRES_MIN_MAJOR} or later. Install Debian's package "postgresql" or its like (the tests
start a server of their own), or set TEST_DATABASE_URL to a server where they may create databases.`

const ON_CITUS = '--citus'
const WITHOUT_CITUS = `No test ran on Citus: this machine's PostgreSQL has no extension citus, and TEST_CITUS_URL names no coordinator.
Where there is one, npm run test:citus runs the tests that ask most of a database there.`
const NOT_ON_CITUS = 'No test ran on Citus, which this machine has: npm run test:citus does that.'

/** The specification on the terminal, and after it the files that took longest. */
const REPORTERS = ['spec', './server/test/slowest-files.ts'].flatMap((reporter) => [
  `--test-reporter=${reporter}`,
  '--test-reporter-destination=stdout',
])

const RUNNER = ['--test', '--import=./server/test/before-tests.js', ...REPORTERS]

const temporary = makeTemporaryFolder()
if (temporary) process.env.TMPDIR = temporary.path
process.exitCode = await main(process.argv.slice(2)).finally(temporary?.remove)

async function main(args: string[]): Promise<number> {
  const onCitus = args.includes(ON_CITUS)
  const files = selectFiles(
    args.filter((arg) => !arg.startsWith('-')),
    onCitus ? CITUS_FILES : TEST_FILES,
  )
  if (files.length === 0) {
    console.error('No test file matches.')
    return 1
  }
  const options = args
    .filter((arg) => arg.startsWith('-') && arg !== ON_CITUS)
    .flatMap((arg) => (arg === '--coverage' ? COVERAGE : arg))
  return onCitus ? await runOnCitus(options, files) : await runOnBoth(options, files)
}

/** On SQLite, and on PostgreSQL where there is one. */
async function runOnBoth(options: string[], files: string[]): Promise<number> {
  const given = process.env.TEST_DATABASE_URL
  const cluster = given ? undefined : await startPostgresCluster()
  const url = given || cluster?.url
  if (url) process.env.TEST_DATABASE_URL = url
  try {
    const statements = noteStatements()
    const templates = await layTemplates()
    const unreached = noteUnreached()
    const env = { ...statements.env, ...templates.env, ...unreached.env }
    const code = await runNode(options, files, env).finally(templates.drop)
    const isWhole = url !== undefined && files.length === selectFiles([], TEST_FILES).length
    const unaccounted = statements.account(isWhole)
    const missing = [...(url ? [] : [WITHOUT_POSTGRES]), ...missingPrograms(), ...unreached.tell()]
    for (const each of [...unaccounted, ...missing, isCitusHere() ? NOT_ON_CITUS : WITHOUT_CITUS])
      console.error(`\n${each}`)
    if (unaccounted.length > 0) return code || 1
    if (missing.length === 0 || !isCi()) return code
    console.error('\nOn a CI machine (CI is set) that is a failure.')
    return code || 1
  } finally {
    await cluster?.stop()
  }
}

async function runOnCitus(options: string[], files: string[]): Promise<number> {
  const given = process.env.TEST_CITUS_URL
  const cluster = given ? undefined : await startCitusCluster()
  const url = given || cluster?.url
  if (!url) {
    console.error(WITHOUT_CITUS)
    return 1
  }
  try {
    const { drop, ...templates } = await createTemplates(url)
    const env = { TEST_CITUS_URL: url, TEST_CITUS_TEMPLATES: JSON.stringify(templates) }
    try {
      return await runAndExplain(options, files, env)
    } finally {
      await drop()
    }
  } finally {
    await cluster?.stop()
  }
}

async function runAndExplain(options: string[], files: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const statements = noteStatements()
  const code = await runNode(options, files, { ...statements.env, ...env })
  Object.assign(process.env, env)
  const { url, drop } = await createCitusDatabase('migrated')
  const unaccounted = [...statements.account(false), ...(await statements.explain(url).finally(drop))]
  for (const each of unaccounted) console.error(`\n${each}`)
  return unaccounted.length > 0 ? code || 1 : code
}

function selectFiles(patterns: string[], among: readonly string[]): string[] {
  const files = globSync(among, { cwd: ROOT }).sort()
  const wanted = patterns.map((pattern) => relative(ROOT, resolve(ROOT, pattern)))
  if (wanted.length === 0) return files
  return files.filter((file) => wanted.some((pattern) => file.includes(pattern) || matchesGlob(file, pattern)))
}

/** Node's test runner, in a process of its own. Answers its exit code, or a shell's code for the signal that ended it. */
function runNode(options: string[], files: string[], env: NodeJS.ProcessEnv): Promise<number> {
  // Tests mostly wait for a database, so one file per core uses a small machine better than one fewer.
  const concurrency = `--test-concurrency=${Math.max(2, availableParallelism())}`
  const runner = spawn(process.execPath, [...RUNNER, concurrency, ...options, ...files], {
    cwd: ROOT,
    env: { ...process.env, ...(!options.includes(COVERAGE[0] ?? '') && COMPILED), ...env },
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.kill(signal))
  process.on('SIGHUP', () => runner.kill('SIGTERM')) // of a hangup the runner would die without ending its tests
  return new Promise((done, failed) => {
    runner.once('error', failed)
    runner.once('exit', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

function isCi(): boolean {
  return !['', '0', 'false'].includes(process.env.CI ?? '')
}
