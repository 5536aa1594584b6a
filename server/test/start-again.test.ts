import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { test } from 'node:test'
import { STATEMENT_CHANNEL, type ToldStatement } from '../src/db/engine.ts'
import { PLACEMENTS } from '../src/db/postgres/placement.ts'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'

const EVERYWHERE = Object.entries(PLACEMENTS).flatMap(([table, place]) => (place === 'everywhere' ? [table] : []))
const WRITE = new RegExp(`^(insert into|update|delete from) ["\`]?(${EVERYWHERE.join('|')})\\b`)

for (const kind of DATABASES) {
  test(`a server that starts again writes nothing that stands on every node of Citus, on ${kind.name}`, async () => {
    const first = await startTestServer(kind)
    const { place } = first
    await first.stop()
    const writes: string[] = []
    let told = 0
    const listen = (message: unknown) => {
      const { sql } = message as ToldStatement
      told += 1
      if (WRITE.test(sql)) writes.push(sql)
    }
    subscribe(STATEMENT_CHANNEL, listen)
    try {
      await using again = await startTestServer(kind, { place })
      assert.ok(again.url)
    } finally {
      unsubscribe(STATEMENT_CHANNEL, listen)
    }
    assert.ok(told > 0)
    assert.deepEqual(writes, [])
  })
}
