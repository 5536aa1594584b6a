#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that an old one is refused in a sentence instead of a stack trace.
const [major] = process.versions.node.split('.')
if (Number(major) < 24) {
  console.error(
    `shenpi needs Node 24 or newer and this is ${process.version}: in a checkout run it through npm (npm start, npx shenpi), which brings its own Node on Linux and Windows; elsewhere install Node 24.`,
  )
  process.exit(1)
}
await import('../src/cli/main.ts')
