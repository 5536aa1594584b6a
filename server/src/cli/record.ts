import { rmSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { drawSecret } from '../entropy/draw-secret.ts'
import { checkExchange } from '../recordings/check-exchange.ts'
import { Masker } from '../recordings/mask-values.ts'
import { startRecordProxy } from '../recordings/record-proxy.ts'
import { RecordingFile } from '../recordings/recording-file.ts'
import { type Passed, toExchange } from '../recordings/to-exchange.ts'
import { messageOf } from '../thrown.ts'
import { systemClock } from '../time/clock.ts'
import { trustOwnAuthority } from './remote.ts'

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Record until somebody ends it by Ctrl-C. */
export async function record({ to, upstream, port }: { to: string; upstream: string; port: string }): Promise<void> {
  const target = readUpstream(upstream)
  const listenAt = readPort(port)
  trustOwnAuthority(readConfig(process.env).dataDir)
  const now = () => systemClock.installation()
  const file = new RecordingFile(to, { upstream: target.origin, at: now().toISOString() })
  const masker = new Masker(drawSecret(32))
  let hasSaid = false
  const tell = async (passed: Passed) => {
    file.add(await checkExchange(await toExchange(passed, masker)), (line) => masker.line(line))
    if (file.ended && !hasSaid) console.error(`shenpi: ${to}: ${file.ended}; calls are still passed on`)
    hasSaid ||= file.ended !== undefined
  }
  const lose = (error: unknown) =>
    console.error(`shenpi: a call was passed on and is not in ${to}: ${messageOf(error)}`)
  const proxy = await startRecordProxy({ upstream: target, port: listenAt, now }, tell, lose).catch((error) => {
    // Else the next try would be refused, because it is there already.
    rmSync(to)
    throw error
  })
  console.log(`shenpi record ${proxy.url}: calls go to ${target.origin} and are written to ${to}; Ctrl-C ends it`)
  await askedToEnd()
  await proxy.stop()
  file.close()
  console.log(`${file.count} requests are in ${to}. Send them to a server with "shenpi compare ${to}".`)
  if (file.ended) process.exitCode = 1
}

/** A signal that comes again, as npm passes on what the terminal has sent, does not break off what the first one began. */
async function askedToEnd(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
  await promise
}

/** @throws Error in a sentence for what is no address, or one to which secrets would travel in clear */
function readUpstream(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`--upstream ${text} is no web address`)
  if (url.search || url.hash || url.username) throw new Error('--upstream is scheme, host and path alone')
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) {
    throw new Error(`--upstream ${text} would send secrets in clear: by http there is this machine alone`)
  }
  return url
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error(`--port ${text} is no port`)
  return port
}
