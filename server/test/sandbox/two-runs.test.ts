import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MOVE_NAMES } from '@shenpi/sdk/contract/states'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { aCategory, aFile, aPicture, aRegistration } from '../factories.ts'
import { startReceiver } from '../receiver.ts'
import { startTestServer } from '../start-server.ts'
import { testClock } from '../test-clock.ts'

/** The account's time, in both runs. */
const AT = '2036-03-17T04:00:00.000Z'
/** The machine's time of one run and of another; only the account's counts. */
const MACHINES = [new Date('2025-11-28T09:30:00Z'), new Date('2035-11-28T21:00:17Z')] as const
/** Links are the same, wherever the server listens. */
const PUBLIC_URL = 'https://shenpi.example'

/** Apply, be rejected after three working days, mend it, be approved. @returns all that the merchant got, as it came */
async function runStory(kind: DatabaseKind, machine: Date): Promise<string[]> {
  await using server = await startTestServer(kind, {
    env: { SANDBOX_SEED: 'two runs', PUBLIC_URL },
    clock: testClock(machine),
  })
  await using receiver = await startReceiver()
  const { appid } = server.sandbox
  const params = { appid }
  const got: string[] = []
  await server.api.setClock({ params, body: { at: AT, frozen: true } })
  const { url, token, encodingAesKey: encoding_aes_key } = receiver
  await server.api.setCallback({ params, body: { url, token, encoding_aes_key, mode: 'secure', format: 'xml' } })
  const merchant = await server.connect(server.sandbox)
  got.push(merchant.token)
  const post = async (path: string, body: object) => {
    const answer = await merchant.post(path, body)
    got.push(answer.text)
    return answer.json
  }

  await post('/shakearound/account/register', aRegistration())
  const picture = await merchant.upload('/shop/img/upload', aFile(await aPicture()), {
    resp_type: '1',
    upload_type: '0',
  })
  got.push(picture.text)
  const link = picture.json.img_info.temp_img_url
  for (const move of MOVE_NAMES.toReversed()) {
    const { audit_id: id } = await post('/shop/audit/audit_category', aCategory([link], [link]))
    await server.api.decideApplication({
      params: { id },
      version: 1,
      body: { move, reason: '证件不清晰', delay: true },
    })
    const { timeline } = await server.api.advanceClock({ params, body: { seconds: 20 } })
    got.push(JSON.stringify(timeline))
    await post('/shop/audit/result', { audit_id: id })
  }
  await post('/shop/audit/result', { audit_id: 'nothing' })
  await receiver.waitFor(2)
  return [...got, ...receiver.received.flatMap(({ query, body }) => [JSON.stringify(query), body])]
}

for (const kind of DATABASES) {
  test(`two runs from one seed are equal to the byte on ${kind.name}, with machines ten years apart`, async () => {
    const [first, second] = [await runStory(kind, MACHINES[0]), await runStory(kind, MACHINES[1])]
    assert.ok(first.length > 10)
    assert.deepEqual(second, first)
  })
}
