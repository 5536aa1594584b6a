import { excerptOf } from '../../src/excerpt.ts'
import type { DatabaseKind } from '../databases.ts'
import { attempt, type Failure } from './attempt.ts'
import { Connection } from './connection.ts'
import type { Sent } from './loop-watch.ts'
import type { Outgoing } from './mutation.ts'
import { openWorld, type World } from './world.ts'

/** The most that is shown of a request. Unit: characters. */
const EXCERPT_MAX = 4000
/** The last lines of the server's log. */
const LINES_MAX = 5

/** A failing request in full, its answer, and whether it fails on its own. */
export async function describeFailure(kind: DatabaseKind, world: World, failure: Failure): Promise<string> {
  const { plan, outgoing, reply, message, cause } = failure
  const parts = [
    `${plan.target.name} on ${kind.name}: ${message}`,
    `mutations: ${plan.mutations.map(({ name }) => name).join('; ') || 'none'}`,
    toText(outgoing),
    reply ? `answered HTTP ${reply.status}: ${reply.text}` : String((cause as Error)?.stack ?? cause),
    ...world.errors.slice(-LINES_MAX),
    (await failsAlone(kind, failure))
      ? 'It fails alone, too, on a new server.'
      : 'Alone, on a new server, it does not fail.',
  ]
  return parts.join('\n\n')
}

export function describeHolder(
  kind: DatabaseKind,
  holder: (Sent & { holdMs: number }) | undefined,
): string | undefined {
  if (!holder) return undefined
  const { plan, outgoing, holdMs } = holder
  return [
    `${plan.target.name} on ${kind.name} holds the event loop for ${Math.round(holdMs)} ms, alone as well`,
    `mutations: ${plan.mutations.map(({ name }) => name).join('; ') || 'none'}`,
    `${excerptOf(toText(outgoing), EXCERPT_MAX)}\n(${outgoing.body.length} bytes of body)`,
  ].join('\n\n')
}

export function describeErrors({ errors }: World): string {
  return ['The server logged errors that no answer told of:', ...errors.slice(-LINES_MAX)].join('\n\n')
}

async function failsAlone(kind: DatabaseKind, { plan }: Failure): Promise<boolean> {
  await using world = await openWorld(kind)
  using connection = new Connection(world.server.url)
  await world.turn(0)
  try {
    await attempt(world, connection, plan)
    return world.errors.length > 0
  } catch {
    return true
  }
}

/** The request as it was sent; a body that is no text in Base64. */
function toText({ method, path, query, headers, body }: Outgoing): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const text = body.toString()
  const isText = Buffer.from(text).equals(body) && !text.includes('\0')
  return [`${method} ${path}${query && `?${query}`}`, ...head, '', isText ? text : `Base64 ${body.toString('base64')}`]
    .join('\n')
    .trimEnd()
}
