// For node --import, before each test file of a run: what makes it cheaper.
import hooks from 'node:async_hooks'
import { findNeighbours } from '../bin/find-neighbours.js'

// 200 test files load most of the server.
findNeighbours()

// Node's test runner follows each promise from its making to its end, to tell of which test an error is that nobody
// catches, and that takes an eighth of a run's processor time. Without it, such an error fails its file, and is told
// here with where it came from.
const { createHook } = hooks

hooks.createHook = (callbacks) => {
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => console.error(error))
  return createHook({ trackPromises: false, ...callbacks })
}
