import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Of a package that is bundled: where it lies. */
const PACKAGE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//

/**
 * Write down whose code a bundle holds, and under which licences.
 *
 * @param modules the files that went into it
 * @throws Error when a package says nothing of its licence
 */
export function writeNotices(outDir: string, modules: readonly string[]): void {
  const folders = new Set(modules.flatMap((module) => PACKAGE.exec(module)?.[1] ?? []))
  const notices = [...folders].sort().map(noticeOf)
  writeFileSync(join(outDir, 'THIRD-PARTY.txt'), `${notices.join(`\n${'-'.repeat(80)}\n\n`)}`)
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (!license) throw new Error(`${name} says nothing of its licence`)
  const [file] = globSync('{LICENSE,LICENCE,License,license}*', { cwd: folder })
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : ''
  return `${name} ${version}, ${license}\n\n${text}\n`
}
