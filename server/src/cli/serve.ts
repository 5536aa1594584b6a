import { readConfig } from '../config.ts'
import { openLog } from '../log/log.ts'
import { type Server, startServer } from '../main.ts'

/** How long a stop may take before the process ends anyway, in milliseconds. */
const STOP_TIMEOUT_MS = 9000
/** How long the end waits for the last lines of the log, as above. */
const FLUSH_MS = 300
/** How often a server that npm started looks whether npm's shell still lives, as above. */
const PARENT_LOOK_MS = 1000

/** Run a server until it is told to stop. */
export async function serve(): Promise<void> {
  // First, because a parent that ends during the start cannot be found afterwards.
  const parent = process.ppid
  const config = readConfig(process.env)
  const { log, sink } = openLog(config.logLevel)
  let server: Server | undefined

  const end = async (code: number) => {
    await sink.flush(FLUSH_MS)
    process.exit(code)
  }
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => {
      log.error('the server did not stop in time')
      end(1)
    }, STOP_TIMEOUT_MS).unref()
    await server?.stop()
    await end(0)
  }
  const stopWithNpm = () => {
    if (!stopping) log.warn('the server stops: npm started it and has ended')
    return stop()
  }
  if (config.startedByNpm) whenParentEnds(parent, stopWithNpm)
  const tellConsole = (link: string) => console.log(`shenpi console ${link}`)
  server = await startServer(config, log, { linesLost: () => sink.lost, tellConsole })
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // The last line, because its reader may stop the server at once.
  console.log(`shenpi ready ${server.url}`)
}

/**
 * npm runs its scripts in a shell and passes signals to that alone: a shell that does not make way for the server (`npx`),
 * or an npm that is killed, would leave it running with its data directory locked.
 */
function whenParentEnds(parent: number, act: () => void): void {
  setInterval(() => process.ppid !== parent && act(), PARENT_LOOK_MS).unref()
}
