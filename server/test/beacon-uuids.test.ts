import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'
import { until } from './until.ts'

for (const kind of DATABASES) {
  test(`a UUID that the operator adds on ${kind.name} is known in a few seconds without a restart`, async () => {
    await using server = await startTestServer(kind)
    const { db, beaconScheme } = server.services
    assert.equal(beaconScheme.uuids.length, 1)
    const uuid = 'B9407F30-F5F8-466E-AFF9-25556B57FE6D'
    await db.insertInto('beacon_uuid').values({ position: 1, uuid }).execute()
    await until(() => beaconScheme.uuids[1] === uuid)
  })
}
