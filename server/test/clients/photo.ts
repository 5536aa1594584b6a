import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aPicture } from '../factories.ts'

/** A picture on disk, which these libraries require. */
export async function aPhoto(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'shenpi-photo-'))
  const path = join(folder, 'photo.jpg')
  await writeFile(path, await aPicture({ format: 'jpeg' }))
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}
