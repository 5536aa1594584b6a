import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pictures } from '@shenpi/sdk/contract/wire/pictures'
import { decideApplication } from '../src/applications/decide-application.ts'
import { submitApplication } from '../src/applications/submit-application.ts'
import { saveCallbackSetting } from '../src/callbacks/callback-setting.store.ts'
import { deliveryQueue } from '../src/callbacks/delivery.queue.ts'
import { DATABASES, type DatabaseKind } from './databases.ts'
import { aCategoryOf } from './factories.ts'
import { startNameserver } from './nameserver.ts'
import { newShop } from './open-shop.ts'
import { startReceiver } from './receiver.ts'
import { startTestServer } from './start-server.ts'
import { until } from './until.ts'

const DECISIONS = 24
const [kind] = DATABASES as [DatabaseKind]

test('a host whose nameserver is silent delays neither callbacks nor uploads of others', async () => {
  const dead = Promise.withResolvers<void>()
  await using nameserver = await startNameserver(async (name) => {
    if (name.startsWith('dead')) await dead.promise
    return name.startsWith('dead') ? 'NXDOMAIN' : { A: ['127.0.0.1'] }
  })
  await using server = await startTestServer(kind, { nameservers: [nameserver.address] })
  await using receiver = await startReceiver()
  const { services, sandbox, clock } = server
  const { db, review } = services
  const healthy = await newShop(server)
  const how = {
    token: receiver.token,
    encodingAesKey: '',
    mode: 'plain',
    format: 'json',
    verifiedAt: clock.now(),
  } as const
  await saveCallbackSetting(db, sandbox.accountId, { ...how, url: 'http://dead.test/callback' })
  const url = receiver.url.replace('127.0.0.1', 'healthy.test')
  await saveCallbackSetting(db, healthy.accountId, { ...how, url })
  const approve = async (accountId: number, level3: number) => {
    const application = await submitApplication(review, aCategoryOf(accountId, level3))
    await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
  }

  for (let level3 = 1; level3 <= DECISIONS; level3++) await approve(sandbox.accountId, level3)
  const upload = (host: string) =>
    sandbox.post(pictures.imgUpload.path, {}, `upload_type=1&resp_type=1&img_url=http://${host}/a.png`)
  const uploads = [1, 2, 3, 4].map((number) => upload(`dead-${number}.test`))
  await until(async () => nameserver.asked.some((question) => question.endsWith('dead.test')))

  for (let level3 = 1; level3 <= DECISIONS; level3++) await approve(healthy.accountId, level3)
  await receiver.waitFor(DECISIONS)
  const tried = await db.selectFrom('delivery_attempt').select('outcome').where('status', 'is', null).execute()
  // Every request that was given up meanwhile was given up because of its name.
  for (const { outcome } of tried) assert.match(outcome, /^dead\.test cannot be resolved/)
  assert.ok(tried.length <= deliveryQueue.share, `${tried.length} tries`)

  dead.resolve()
  for (const { json } of await Promise.all(uploads)) assert.equal(json.errcode, 1070008)
})
