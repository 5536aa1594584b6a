#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that an old one is refused in a sentence instead of a stack trace.
const [major] = process.versions.node.split('.')
if (Number(major) < 24) {
  console.error(`shenpi-conformance needs Node 24 or newer and this is ${process.version}.`)
  process.exitCode = 2
} else {
  const { main } = await import('../src/runner/main.ts')
  process.exitCode = await main(process.argv.slice(2))
  // When all is written: connections that are kept alive would keep the process.
  process.stdout.write('', () => process.exit())
}
