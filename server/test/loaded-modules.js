import { writeFileSync } from 'node:fs'
import { isBuiltin, registerHooks } from 'node:module'

// For node --import: when the process ends, the file that LOADED_MODULES names holds what it loaded, as JSON.

const files = []
registerHooks({
  load(url, context, next) {
    if (!isBuiltin(url)) files.push(url)
    return next(url, context)
  },
})
process.on('exit', () => {
  writeFileSync(process.env.LOADED_MODULES, JSON.stringify({ files, builtins: process.moduleLoadList }))
})
