import { messageOf } from '../thrown.ts'

const [command, ...rest] = process.argv.slice(2)

try {
  // A server that starts waits for nothing that it does not need: the reader of the other commands is not even loaded.
  if (command === 'serve' && rest.length === 0) await (await import('./serve.ts')).serve()
  else await (await import('./program.ts')).program.parseAsync()
} catch (error) {
  // A sentence for the person who typed the command; a stack only on request.
  console.error(`shenpi: ${messageOf(error)}`)
  if (process.env.LOG_LEVEL === 'debug') console.error(error)
  process.exitCode = 1
}
