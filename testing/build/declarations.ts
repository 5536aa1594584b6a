import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isolatedDeclarationSync } from 'rolldown/experimental'

/**
 * Write the types of what entries export, file by file: what they say of the server is internal and left out.
 *
 * @throws Error when a type is not said where it is declared, or when a declaration names the server
 */
export function writeDeclarations(from: string, to: string, entries: readonly string[]): void {
  const wanted = [...entries]
  for (const file of wanted) {
    const { code, errors } = isolatedDeclarationSync(file, readFileSync(join(from, file), 'utf8'), {
      stripInternal: true,
    })
    if (errors.length > 0) throw new Error(errors.map(({ message }) => `${file}: ${message}`).join('\n'))
    const used = withoutUnused(code)
    if (/from ["'](shenpi|fastify|kysely)/.test(used)) throw new Error(`${file} tells of the server:\n${used}`)
    for (const [, beside = ''] of used.matchAll(/from ["']\.\/([\w-]+\.c?ts)["']/g)) {
      if (!wanted.includes(beside)) wanted.push(beside)
    }
    const named = file.replace(/\.(c?)ts$/, '.d.$1ts')
    writeFileSync(join(to, named), used.replaceAll(/(from ["']\.\/[\w-]+)\.(c?)ts(["'])/g, '$1.$2js$3'))
  }
}

/** Without imports that only what was left out uses. */
function withoutUnused(code: string): string {
  const lines = code.split('\n')
  return lines
    .map((line) => {
      const names = /^import (?:type )?\{ (.*) \} from (.*)$/.exec(line)
      if (!names) return line
      const [, list = '', source] = names
      const rest = lines.filter((other) => other !== line).join('\n')
      const used = list.split(', ').filter((name) => new RegExp(`\\b${name.replace(/^type /, '')}\\b`).test(rest))
      return used.length > 0
        ? `import type { ${used.map((name) => name.replace(/^type /, '')).join(', ')} } from ${source}`
        : ''
    })
    .join('\n')
}
