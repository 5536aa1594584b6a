'use strict'
// Jest makes modules anew for each test file, in a realm of its own, where Node's errors are no errors. So the kit is loaded
// by Node itself, in the realm of Node and once in each of Jest's workers.
const { runInThisContext } = require('node:vm')

const { createRequire } = runInThisContext('process').getBuiltinModule('node:module')
/** @type {typeof import('./index.js')} */
const { createSandbox } = createRequire(__filename)('./index.js')

/** @type {typeof import('./jest.cjs').useSandbox} */
function useSandbox(options) {
  let current
  beforeEach(async () => {
    current = await createSandbox(options)
  })
  afterEach(async () => {
    // None, where it did not open: that is told then, and not this.
    await current?.close()
  })
  return {
    get current() {
      return current
    },
  }
}

module.exports = { createSandbox, useSandbox }
