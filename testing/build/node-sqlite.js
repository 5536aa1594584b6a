// Stands for node:sqlite in the bundle: an older Node has none, or one whose SQLite damages databases, and says neither.
const { getBuiltinModule, version } = process
if (Number.parseInt(version.slice(1), 10) < 24) {
  throw new Error(`@shenpi/testing needs Node 24 or newer, whose SQLite it runs on; this is Node ${version}`)
}

export const { backup, DatabaseSync } = getBuiltinModule('node:sqlite')
