import pino, { type Level, type Logger } from 'pino'
import { LogSink, writeToStderr } from './log-sink.ts'

/** Of this process: there is one stderr. */
export const stderrSink = new LogSink(writeToStderr)

/** Lines of JSON to stderr; stdout holds the line that says it is ready. */
export function createLog(level: Level | 'silent'): Logger {
  const log = pino({ level, redact: ['*.secret', '*.access_token'] }, stderrSink)
  stderrSink.onRecovery = (lost) => log.warn({ lost }, 'lines of the log could not be written')
  return log
}
