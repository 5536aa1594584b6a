import { parseArgs } from 'node:util'
import { createApiClient } from '@shenpi/sdk/client'
import { readConfig } from '../../src/config.ts'
import { readServerUrl } from '../../src/data-dir/data-dir.ts'
import { apiKeyPath, readApiKey } from '../../src/keys/key-file.ts'
import { messageOf } from '../../src/thrown.ts'
import { hasChineseFont } from './drawings.ts'
import { fillQueue } from './fill-queue.ts'

// npm run demo:queue [-- --url http://127.0.0.1:8080]: fills the queue of a running sandbox with 40 applications of ten
// made-up merchants, over the wire. Three are submitted as of earlier, which a sandbox alone takes.

const { values: options } = parseArgs({ options: { url: { type: 'string' } } })

try {
  const startedAt = performance.now()
  const server = await findSandbox()
  if (hasChineseFont() === false) {
    console.log('This machine has no font with Chinese characters: pictures show boxes (Debian: fonts-noto-cjk).')
  }
  await fillQueue(server)
  const { url } = server
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`40 applications of ten made-up merchants are under review at ${url}, after ${seconds} s. Look at:
  · three that are overdue, first in the queue
  · 杭州青禾谷物有限公司: activation applied for again, with the two named fields changed
  · 广州云帆户外用品有限公司: category applied for again, with a new document
  · 重庆山城小面管理有限公司: its licence, picture and number, is that of 成都巷里茶事餐饮有限公司
  · 青岛海盐烘焙食品有限公司: its photo looks like that of 苏州一纸书店有限公司 (some seconds later)
The console is at ${url}/console/; where the server was started with SANDBOX_STAFF=demo, one click signs in.`)
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}

/** @throws Error in a sentence when there is none */
async function findSandbox() {
  const { dataDir } = readConfig(process.env)
  const key = await readApiKey(dataDir)
  const url = options.url ?? readServerUrl(dataDir)
  if (!key) throw new Error(`There is no API key at ${apiKeyPath(dataDir)}: start a sandbox there, or set DATA_DIR.`)
  if (!url) throw new Error(`No server runs on ${dataDir}: start one with "npm start", or name one with --url.`)
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const probe = await fetch(`${url}/api/sandbox/applications`, { method: 'POST', headers, body: '{}' })
  if (probe.status === 404) throw new Error(`The server at ${url} is no sandbox: its queue is not filled.`)
  return { url, key, api: createApiClient({ url, key }) }
}
