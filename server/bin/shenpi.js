#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that an old one is refused in a sentence instead of a stack trace.
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const [major] = process.versions.node.split('.')
if (Number(major) < 24) {
  console.error(
    `shenpi needs Node 24 or newer and this is ${process.version}: in a checkout run it through npm (npm start, npx shenpi), which brings its own Node on Linux and Windows; elsewhere install Node 24.`,
  )
  process.exit(1)
}
// What was compiled, and stripped of its types, is kept beside the code that it was made of: whoever may write there
// may change the code itself. Where nobody may, every start compiles anew. NODE_COMPILE_CACHE names another place.
module.enableCompileCache(fileURLToPath(new URL('../.cache/', import.meta.url)))
const { findNeighbours } = await import('./find-neighbours.js')
const lookOnDiskAgain = findNeighbours()
await import('../src/cli/main.ts')
lookOnDiskAgain()
// Here a start is over: one that ends by kill -9 should not have compiled in vain.
module.flushCompileCache()
