import type { Logger } from 'pino'
import type { Worker } from './worker.ts'

/** Something that is done again and again, each time after the one before has ended. */
export interface Repeated {
  name: string
  /** Of the machine's time. */
  everyMs: number
  run: () => Promise<void>
  /** Whether it is left out when the server stops. */
  notAtEnd?: boolean
}

/**
 * Repeats until it is stopped, and mostly once more then. What throws is tried again the next time. It keeps no process: what
 * listens does, and a sandbox that a test forgot to close does not.
 */
export function startRepeating({ name, everyMs, run, notAtEnd }: Repeated, log: Logger): Pick<Worker, 'stop'> {
  let stopping = false
  let timer: NodeJS.Timeout
  let running = Promise.resolve()

  async function runOnce(): Promise<void> {
    try {
      await run()
    } catch (error) {
      log.error({ err: error, worker: name }, 'repeated work failed and is tried again')
    }
  }

  const wait = () => {
    timer = setTimeout(() => {
      running = runOnce().then(() => {
        if (!stopping) wait()
      })
    }, everyMs)
    timer.unref()
  }
  wait()

  return {
    async stop() {
      stopping = true
      clearTimeout(timer)
      await running
      if (!notAtEnd) await runOnce()
    },
  }
}
