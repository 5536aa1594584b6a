import { test } from 'node:test'
import { checkPrograms } from './check-programs.ts'
import { onSqlite } from './places.ts'

test('random programs go as their model says, and twice the same to the byte, on machines ten years apart', async () => {
  await checkPrograms(onSqlite, { count: 100, seed: 12 })
})
