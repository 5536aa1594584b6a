import { writeFileSync } from 'node:fs'
import { isBuiltin, registerHooks } from 'node:module'

// For node --import: at its end the process writes the modules it loaded as JSON into the file that LOADED_MODULES names.

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
