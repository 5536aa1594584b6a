// Plain JavaScript, which every runtime of the SDK runs as it is: a merchant of a platform that misbehaves. It prints how
// its calls ended, as JSON.
import { inspect } from 'node:util'
import { createWireClient } from '@shenpi/sdk/wire'

const { PLATFORM_URL: url, NOBODY_URL: nobody } = process.env
const credentials = { appid: 'wx0123456789abcdef', secret: 'a-secret', gapsMs: [1, 2, 3] }
const wire = createWireClient({ ...credentials, url })

const toEnd = (call) =>
  call.then(
    (answer) => ({ answer }),
    (error) => ({ name: error.name, reason: error.reason, text: inspect(error, { depth: 9 }) }),
  )

const batch = { quantity: 1, apply_reason: 'shop floor' }
const media = new Uint8Array([0x89, 0x50, 0x4e, 0x47])
const ends = {
  // The connection of the first is kept, so that the second has one that was used before.
  together: await toEnd(Promise.all(Array.from({ length: 20 }, () => wire.devices.deviceSearch({ type: 2 })))),
  brokenSubmission: await toEnd(wire.deviceBatches.deviceApplyId(batch)),
  brokenRead: await toEnd(wire.categories.catGet()),
  refusedToken: await toEnd(wire.pictures.materialAdd({ media, type: 'license' })),
  redirected: await toEnd(wire.pictures.imgUpload({ media, resp_type: 1, upload_type: 0 })),
  late: await toEnd(wire.activations.accountRegister({}, { timeoutMs: 500 })),
  givenUp: await toEnd(wire.shopAccess.getInfo({}, { signal: AbortSignal.timeout(500) })),
  nobody: await toEnd(createWireClient({ ...credentials, url: nobody }).categories.catGet()),
}
console.log(JSON.stringify(ends))
