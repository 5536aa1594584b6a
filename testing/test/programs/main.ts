import { parseArgs } from 'node:util'
import { checkPrograms } from './check-programs.ts'

// npm run programs: runs random programs in sandboxes beside a model until one goes otherwise. Ends with 1 then.

const HELP = `npm run programs -- [--count N] [--seed N]

  --count  how many programs; default: 10000
  --seed   what is generated follows from it; default: drawn`

/** Lines that tell how far it is. Unit: milliseconds. */
const TELL_EVERY_MS = 10_000

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    help: { type: 'boolean', default: false },
  },
})
const [count, seed] = [Number(options.count), Number(options.seed)]
if (options.help || !Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.log(HELP)
  process.exit(options.help ? 0 : 1)
}

console.log(`${count} programs, each twice, --seed ${seed}`)
const startedAt = Date.now()
let toldAt = startedAt
try {
  await checkPrograms(count, seed, (done) => {
    if (Date.now() - toldAt < TELL_EVERY_MS) return
    toldAt = Date.now()
    console.log(`${done} done`)
  })
  console.log(`all as the model says, in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`)
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
