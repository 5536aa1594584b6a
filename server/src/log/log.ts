import pino, { type Level, type Logger } from 'pino'
import { LogSink, openStderr } from './log-sink.ts'

/** Lines of JSON to stderr; stdout holds the line that says it is ready. Once a process: there is one stderr. */
export function openLog(level: Level | 'silent'): { log: Logger; sink: LogSink } {
  const sink = new LogSink(openStderr())
  const log = pino({ level, redact: ['*.secret', '*.access_token'] }, sink)
  sink.onRecovery = (lost) => log.warn({ lost }, 'lines of the log could not be written')
  return { log, sink }
}
