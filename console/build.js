// Builds the console: `npm ci` runs this as the root's `prepare`. Where the toolchain is not installed (`npm ci
// --omit=dev`) there is nothing to build, and the server serves a page that names the command.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const vite = await import('vite').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
})
await vite?.build({ root: import.meta.dirname, logLevel: 'error' })
if (vite) compress(join(import.meta.dirname, 'dist'))

/** Once, so that the server has no work with it. */
function compress(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const plain = readFileSync(file)
    writeFileSync(`${file}.br`, brotliCompressSync(plain))
    writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }))
  }
}
