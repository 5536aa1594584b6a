import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program that tests run with where it is there. It is no dependency: nobody but they needs its size. */
export interface Program {
  name: string
  /** The variable of the environment that names its file. */
  variable: string
  /** What it is called on the PATH. */
  commands: readonly string[]
  /** What does not run without it. */
  tests: string
}

export const BUN: Program = { name: 'Bun', variable: 'BUN_BIN', commands: ['bun'], tests: 'of the SDK on Bun' }

/** The oldest that the SDK is for; the PATH's own may be any. */
export const OLDEST_NODE: Program = {
  name: 'Node 20.10',
  variable: 'OLDEST_NODE_BIN',
  commands: [],
  tests: 'of the SDK on the oldest Node that it is for',
}

export const CHROMIUM: Program = {
  name: 'Chromium',
  variable: 'CHROMIUM_BIN',
  commands: ['chromium', 'chromium-browser', 'google-chrome'],
  tests: 'of the SDK and the console in a browser',
}

export const STRACE: Program = {
  name: 'strace',
  variable: 'STRACE_BIN',
  commands: ['strace'],
  tests: 'of when files are synced',
}

export const BRUNO: Program = {
  name: 'runner of Bruno (npm’s @usebruno/cli)',
  variable: 'BRUNO_BIN',
  commands: ['bru'],
  tests: 'of the collection for Bruno',
}

const PROGRAMS = [BUN, OLDEST_NODE, CHROMIUM, STRACE, BRUNO]

/**
 * Find a program on this machine. The file that its variable names is taken at its word: no other is tried.
 *
 * @throws Error when the variable names no program.
 */
export function findProgram({ variable, commands }: Program, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env[variable]
  if (named && !isProgram(named)) throw new Error(`${variable} is ${named}, which is no program.`)
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return named || commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(isProgram)
}

/** What a test that is left out says, and the closing lines of `npm test`. */
export function withoutProgram({ name, variable, commands, tests }: Program): string {
  const [command] = commands
  const remedy = command ? `Put ${command} on the PATH, or name its file` : 'Name its file'
  return `The tests ${tests} did not run: there is no ${name}. ${remedy} in ${variable}.`
}

/** What is to be said of the programs that this machine lacks. */
export function missingPrograms(): string[] {
  return PROGRAMS.filter((program) => !findProgram(program)).map(withoutProgram)
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
