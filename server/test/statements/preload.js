// For node --import: the process notes its statements in the folder that STATEMENTS_DIR names, from where it loads what
// opens a database: most commands only ask a server, and record.ts takes three times as long to load as they. A Node
// without TypeScript runs none of ours: npx of an older one starts the server by another.
import module from 'node:module'

const OPEN = new URL('../../src/db/open.ts', import.meta.url).href
const RECORD = new URL('./record.ts', import.meta.url).href

if (process.env.STATEMENTS_DIR && process.features.typescript) {
  module.registerHooks({
    load(url, context, read) {
      const loaded = read(url, context)
      return url === OPEN ? { ...loaded, source: `${loaded.source}\nimport '${RECORD}'` } : loaded
    },
  })
}
