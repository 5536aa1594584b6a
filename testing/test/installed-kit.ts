import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build as buildSdk } from '../../sdk/build/package.ts'
import { build } from '../build/package.ts'

const ROOT = join(import.meta.dirname, '../..')

/** The kit as whoever installs it has it: built, in the node_modules of a folder, beside what else is installed there. */
export interface InstalledKit extends Disposable {
  /** Where programs lie that import it. */
  folder: string
  /** Where its own files lie. */
  files: string
}

/** @param beside a node_modules whose packages are there, too */
export async function installKit(beside?: string): Promise<InstalledKit> {
  const folder = mkdtempSync(join(tmpdir(), 'shenpi-kit-'))
  const modules = join(folder, 'node_modules')
  const files = join(modules, '@shenpi/testing')
  mkdirSync(join(modules, '@shenpi'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  await build(files)
  link(join(ROOT, 'node_modules/sharp'), join(modules, 'sharp'))
  for (const name of ['@sinclair', '@types']) link(join(ROOT, 'node_modules', name), join(modules, name))
  for (const name of beside ? readdirSync(beside) : []) link(join(beside ?? '', name), join(modules, name))
  return { folder, files, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Beside it the SDK, whose types its own name: its code is in the bundle. */
export const addTypes = ({ folder }: InstalledKit): void => buildSdk(join(folder, 'node_modules/@shenpi/sdk'))

function link(from: string, to: string): void {
  if (existsSync(from) && !existsSync(to)) symlinkSync(from, to)
}
