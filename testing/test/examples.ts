import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const README = join(import.meta.dirname, '../README.md')

/** The example of testing/README.md that is marked so, exactly as it is printed. */
export function exampleOf(runner: string): string {
  const [, code] = new RegExp(`\`\`\`js ${runner}\\n(.*?)\`\`\``, 's').exec(readFileSync(README, 'utf8')) ?? []
  if (code === undefined) throw new Error(`testing/README.md has no example for ${runner}`)
  return code
}
