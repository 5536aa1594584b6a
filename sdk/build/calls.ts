import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Access, api, type Endpoint } from '../src/contract/api.ts'
import type { Call, WireCall } from '../src/contract/call.ts'
import { wire } from '../src/contract/wire.ts'

// npm run calls -w sdk: write src/calls/, what the clients need to know of each call without its schemas.

const NOTE = '// Written from the contract by `npm run calls -w sdk`; calls.test.ts tells when it is out of date.\n\n'

const mapValues = <V, W>(of: Record<string, V>, map: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value)]))

function toWireCall({ summary: _, request: __, answer: ___, rate: ____, ...call }: Call): WireCall {
  return call
}

export const wireCalls = mapValues<Record<string, Call>, Record<string, WireCall>>(wire, (subject) =>
  mapValues(subject, toWireCall),
)

export const apiEndpoints = mapValues(api as Record<string, Endpoint>, ({ method, path }) => ({ method, path }))

/** Apart, because a client has no use for it. */
export const apiAccess = mapValues<Endpoint, Access>(api, ({ access }) => access)

interface Tree {
  [segmentOrMethod: string]: Tree | string
}

function apiPaths(): Tree {
  const root: Tree = {}
  for (const [name, { method, path }] of Object.entries(apiEndpoints)) {
    let place = root
    for (const segment of path.slice(1).split('/')) {
      place[segment] ??= {}
      place = place[segment] as Tree // no segment is spelt like a method
    }
    place[method] = name
  }
  return root
}

function write(name: string, head: string, rows: object): void {
  const file = join(import.meta.dirname, '../src/calls', name)
  writeFileSync(file, `${NOTE}${head}${JSON.stringify(rows)}\n`)
  execFileSync('biome', ['check', '--write', '--log-level=error', file], { stdio: 'inherit' })
}

if (import.meta.main) {
  write(
    'wire.ts',
    "import type { WireCall } from '../contract/call.ts'\nimport type { Wire } from '../contract/wire.ts'\n\n" +
      'export const WIRE_CALLS: { [S in keyof Wire]: { [C in keyof Wire[S]]: WireCall } } = ',
    wireCalls,
  )
  write(
    'api.ts',
    "import type { EndpointTree } from './endpoints.ts'\n\nexport const API_PATHS: EndpointTree = ",
    apiPaths(),
  )
  write(
    'access.ts',
    "import type { Access, api } from '../contract/api.ts'\n\n" +
      'export const API_ACCESS: { [E in keyof typeof api]: Access } = ',
    apiAccess,
  )
}
