import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')
const FRAME = /^\s*at (?:(?:async )?(.*?) \()?file:\/\/(.*?):(\d+):\d+\)?$/

interface Frame {
  file: string
  /** What is called there, and where that is. */
  name: string
}

/**
 * Who of what is shipped sends a statement, by the calls in which it was compiled: `listPages, server/src/…/page.store.ts:40`.
 *
 * @returns nothing for a statement of a test, or of a migration
 */
export function senderOf(stack: string): string | undefined {
  const [first, ...more] = framesOf(stack)
  if (!first || first.file.startsWith('server/src/db/migrations/')) return undefined
  if (first.file !== 'server/src/db/statements.ts') return isShipped(first) ? first.name : undefined
  const caller = more.find(({ file }) => file !== first.file)
  // What a store prepares is the store's, also where a test calls it.
  return caller && !isShipped(caller) && preparesItsOwn(caller) ? undefined : caller?.name
}

function framesOf(stack: string): Frame[] {
  return stack.split('\n').flatMap((line) => {
    const [, name, path = '', number] = FRAME.exec(line) ?? []
    const file = path.slice(ROOT.length + 1)
    const isOurs = path.startsWith(`${ROOT}/`) && !/(^|\/)node_modules\//.test(file)
    if (!isOurs || file.startsWith('server/test/statements/')) return []
    return [{ file, name: `${name ? `${name}, ` : ''}${file}:${number}` }]
  })
}

const isShipped = ({ file }: Frame): boolean => file.startsWith('server/src/') && !file.endsWith('.test.ts')

const preparesItsOwn = ({ file }: Frame): boolean => /\bprepared\(/.test(readFileSync(join(ROOT, file), 'utf8'))
