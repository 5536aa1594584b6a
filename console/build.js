// Builds the console: `npm ci` runs this as the root's `prepare`. Where the toolchain is not installed (`npm ci
// --omit=dev`) there is nothing to build, and the server serves a page that names the command.
const vite = await import('vite').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
})
await vite?.build({ root: import.meta.dirname, logLevel: 'warn' })
