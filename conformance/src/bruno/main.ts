import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeCollection } from './collection.ts'
import { writeCollection } from './write-collection.ts'

// npm run bruno -w conformance -- FOLDER [--base-url URL] [--appid APPID --secret SECRET]: write the collection for Bruno.

const SANDBOX = {
  'base-url': { type: 'string', default: 'http://127.0.0.1:8080' },
  appid: { type: 'string', default: 'wx5a6e70692d73616e' },
  secret: { type: 'string', default: '73616e64626f782d736563726574203a' },
} as const

const { values, positionals } = parseArgs({ options: SANDBOX, allowPositionals: true })
const [folder] = positionals
if (!folder) {
  console.error('usage: npm run bruno -w conformance -- FOLDER [--base-url URL] [--appid APPID --secret SECRET]')
  process.exit(2)
}
// npm runs a package's scripts in the package's folder: a path is of where npm was called.
const to = resolve(process.env.INIT_CWD ?? process.cwd(), folder)
const files = await makeCollection({ baseUrl: values['base-url'], appid: values.appid, secret: values.secret })
console.log(`${folder}: ${writeCollection(to, files)} requests`)
