import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** Run Node in a folder, without what this process's environment says to a runner of tests. @throws Error when it fails */
export async function runIn(folder: string, args: readonly string[]): Promise<string> {
  const { PATH, TMPDIR } = process.env
  const child = spawn(process.execPath, args, { cwd: folder, env: { PATH, TMPDIR, NO_COLOR: '1' } })
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (code !== 0) throw new Error(`it ended with ${code}:\n${output}\n${errors}`)
  return `${output}\n${errors}`
}
