import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { availableParallelism, constants } from 'node:os'
import { join, matchesGlob, relative, resolve } from 'node:path'
import { POSTGRES_MIN_MAJOR } from './postgres-binaries.ts'
import { startPostgresCluster } from './postgres-cluster.ts'
import { missingPrograms } from './programs.ts'

// npm test [-- pattern… --coverage --test-…]: a pattern is a glob or a part of a test file's path; an option of
// node's own runner is passed on. The PostgreSQL half runs on TEST_DATABASE_URL, or on a server of this run's own.

const ROOT = join(import.meta.dirname, '../..')
const TEST_FILES = ['sdk/src', 'conformance/src', 'server/src', 'server/test', 'bench'].map(
  (folder) => `${folder}/**/*.test.ts`,
)
const NOT_COVERED = ['**/*.test.ts', '**/node_modules/**', '**/test/**', '**/bench/**', '**/demo/**']
const COVERAGE = ['--experimental-test-coverage', ...NOT_COVERED.map((glob) => `--test-coverage-exclude=${glob}`)]

const WITHOUT_POSTGRES = `The PostgreSQL half of the tests did not run: these results are SQLite's alone.
This machine has no PostgreSQL ${POSTGRES_MIN_MAJOR} or later. Install Debian's package "postgresql" or its like (the tests
start a server of their own), or set TEST_DATABASE_URL to a server where they may create databases.`

process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
  const files = selectFiles(args.filter((arg) => !arg.startsWith('-')))
  if (files.length === 0) {
    console.error('No test file matches.')
    return 1
  }
  const options = args.filter((arg) => arg.startsWith('-')).flatMap((arg) => (arg === '--coverage' ? COVERAGE : arg))

  const given = process.env.TEST_DATABASE_URL
  const cluster = given ? undefined : await startPostgresCluster()
  const url = given || cluster?.url
  try {
    const code = await runNode(options, files, url)
    const missing = [...(url ? [] : [WITHOUT_POSTGRES]), ...missingPrograms()]
    for (const each of missing) console.error(`\n${each}`)
    if (missing.length === 0 || !isCi()) return code
    console.error('\nOn a CI machine (CI is set) that is a failure.')
    return code || 1
  } finally {
    await cluster?.stop()
  }
}

function selectFiles(patterns: string[]): string[] {
  const files = globSync(TEST_FILES, { cwd: ROOT }).sort()
  const wanted = patterns.map((pattern) => relative(ROOT, resolve(ROOT, pattern)))
  if (wanted.length === 0) return files
  return files.filter((file) => wanted.some((pattern) => file.includes(pattern) || matchesGlob(file, pattern)))
}

/** Node's test runner, in a process of its own. Answers its exit code, or a shell's code for the signal that ended it. */
function runNode(options: string[], files: string[], url: string | undefined): Promise<number> {
  // Tests mostly wait for a database, so one file per core uses a small machine better than one fewer.
  const concurrency = `--test-concurrency=${Math.max(2, availableParallelism())}`
  const runner = spawn(process.execPath, ['--test', '--test-reporter=spec', concurrency, ...options, ...files], {
    cwd: ROOT,
    env: { ...process.env, ...(url && { TEST_DATABASE_URL: url }) },
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
