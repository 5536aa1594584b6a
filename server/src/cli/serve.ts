import { readConfig } from '../config.ts'
import { createLog, startServer } from '../main.ts'

/** How long a stop may take before the process ends anyway, in milliseconds. */
const STOP_TIMEOUT_MS = 9000

/** Run a server until it is told to stop. */
export async function serve(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog(config.logLevel)
  const server = await startServer(config, log)
  console.log(`shenpi ready ${server.url}`)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => {
      log.error('the server did not stop in time')
      process.exit(1)
    }, STOP_TIMEOUT_MS).unref()
    await server.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
