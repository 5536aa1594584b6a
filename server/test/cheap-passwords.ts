import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

// Passwords of a test's server are hashed at the least cost that Argon2 has, whatever the stored hash names: members of
// the staff are made and signed in by the hundred, and each would take 19 MB twice. password-hash.test.ts has the costs.

const LEAST = { memory: 8, passes: 1 }

const { argon2 } = crypto
if (argon2) {
  crypto.argon2 = (algorithm, parameters, callback) => argon2(algorithm, { ...parameters, ...LEAST }, callback)
  syncBuiltinESMExports()
}
