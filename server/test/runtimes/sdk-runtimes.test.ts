import assert from 'node:assert/strict'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { API_PATHS } from '@shenpi/sdk/calls/api'
import { PUBLISHED_ENGINES } from '../../../sdk/build/package.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { aRegistration } from '../factories.ts'
import { type Misbehave, refuseWith, startMisbehavingPlatform } from '../misbehaving-platform.ts'
import { startTestServer } from '../start-server.ts'
import { BUN_RUNTIME, type InstalledSdk, installSdk, OLDEST_RUNTIME, RUNTIMES, run } from './installed-sdk.ts'
import { REVIEWED } from './reviewed.ts'

/** What sdk/README.md says of the native client in a bundle, and what of it is not the list of endpoints. Unit: bytes. */
const BUNDLE_MAX_BYTES = 7500
const CODE_MAX_BYTES = 2300

describe('the SDK as it is published', () => {
  // What it says does not depend on the database.
  const [kind] = DATABASES as [DatabaseKind]
  let sdk: InstalledSdk

  before(() => {
    sdk = installSdk()
    for (const script of ['merchant.mjs', 'reviewer.mjs']) {
      cpSync(join(import.meta.dirname, script), join(sdk.folder, script))
    }
  })
  after(() => sdk[Symbol.dispose]())

  for (const runtime of RUNTIMES) {
    const { name, skip } = runtime

    test(`tells a merchant on ${name} the outcome of each call, and submits nothing twice`, {
      skip,
    }, async () => {
      await using elsewhere = await startMisbehavingPlatform(refuseWith(0))
      const nobody = await startMisbehavingPlatform(() => {})
      await nobody[Symbol.asyncDispose]()
      await using platform = await startMisbehavingPlatform(misbehave(elsewhere.url))
      const env = { PLATFORM_URL: platform.url, NOBODY_URL: nobody.url }
      const { output } = await run(runtime, ['merchant.mjs'], { cwd: sdk.folder, env })
      const ends = JSON.parse(output)

      assert.deepEqual(ends.together, { answer: Array(20).fill({}) })
      assert.deepEqual(ends.brokenRead, { answer: { third_cat_list: [] } })
      assert.deepEqual(ends.refusedToken, { answer: { pic_url: 'x' } })
      for (const end of ['brokenSubmission', 'redirected', 'late', 'nobody']) {
        assert.equal(ends[end].name, 'UnansweredError', end)
      }
      assert.equal(ends.redirected.reason, 'a redirect, which is not followed')
      assert.equal(ends.late.reason, 'no answer within 500 ms')
      assert.equal(ends.givenUp.name, 'TimeoutError')
      assert.doesNotMatch(output, /token\d|a-secret|access_token/)
      assert.deepEqual(
        platform.calls.filter((call) => !call.startsWith('/shakearound/device/search')),
        [
          '/shakearound/device/applyid token1',
          ...Array(3).fill('/shop/cat/get token1'),
          '/shakearound/material/add token1',
          '/shakearound/material/add token2',
          '/shop/img/upload token2',
          '/shakearound/account/register token2',
          '/shop/account/get_info token2',
        ],
      )
      assert.equal(platform.tokens(), 2)
      assert.equal(elsewhere.calls.length, 0)
    })

    test(`lets a reviewer on ${name} decide, and reports refusals`, { skip }, async () => {
      await using server = await startTestServer(kind)
      await server.sandbox.post('/shakearound/account/register', aRegistration())
      const { url, apiKey: key } = server
      const script = `
        import * as sdk from '@shenpi/sdk/client'
        import { review } from './reviewer.mjs'
        console.log(JSON.stringify(await review(sdk, ${JSON.stringify({ url, key })})))`
      writeFileSync(join(sdk.folder, 'review.mjs'), script)
      const { output } = await run(runtime, ['review.mjs'], { cwd: sdk.folder })
      assert.deepEqual(JSON.parse(output), REVIEWED)
    })
  }

  test('is tested on the oldest Node that its package asks for', { skip: OLDEST_RUNTIME.skip }, async () => {
    const { output } = await run(OLDEST_RUNTIME, ['--version'])
    assert.equal(`>=${/^v(\d+\.\d+)\./.exec(output)?.[1]}`, PUBLISHED_ENGINES.node)
  })

  test('has a native client that is small in a bundle for a browser', { skip: BUN_RUNTIME.skip }, async () => {
    const client = join(sdk.files, 'client.js')
    const { output } = await run(BUN_RUNTIME, ['build', '--minify', '--target=browser', client])
    assert.match(output, /application\/json/)
    const bytes = Buffer.byteLength(output)
    assert.ok(bytes <= BUNDLE_MAX_BYTES, `${bytes} bytes`)
    const list = JSON.stringify(API_PATHS).replace(/"(\w+)":/g, '$1:')
    assert.ok(output.includes(list))
    assert.ok(bytes - list.length <= CODE_MAX_BYTES, `${bytes - list.length} bytes of code`)
  })
})

/** What the merchant's platform does with each of its calls; the others it leaves unanswered. */
function misbehave(elsewhere: string): Misbehave {
  let broken = 0
  const behaviours: Record<string, Misbehave> = {
    '/shakearound/device/search': refuseWith(0),
    '/shakearound/device/applyid': (_request, response) => response.destroy(),
    '/shop/cat/get': (_request, response) => {
      if (broken++ < 2) response.destroy()
      else response.end('{"errcode":0,"third_cat_list":[]}')
    },
    '/shakearound/material/add': (request, response, count) => {
      if (request.url?.includes('token1')) refuseWith(40001)(request, response, count)
      else response.end('{"errcode":0,"data":{"pic_url":"x"}}')
    },
    '/shop/img/upload': (_request, response) => response.writeHead(307, { location: elsewhere }).end(),
  }
  return (request, response, count) => behaviours[request.url?.split('?')[0] ?? '']?.(request, response, count)
}
