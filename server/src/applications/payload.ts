import type { Static, TSchema } from '@sinclair/typebox'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import type { ValueError } from '@sinclair/typebox/errors'
import type { Application } from './application.ts'
import { toApplicationId } from './application-id.ts'

/** A payload that does not fit its kind's schema: a fault of ours, or of somebody who wrote into the database. */
export class UnreadablePayload extends Error {
  /** The native API's id of the application; undefined where it has none yet. */
  readonly applicationId: string | undefined

  constructor({ kind, applicationNo, accountId }: PayloadOwner, fault: string) {
    const applicationId = applicationNo === undefined ? undefined : toApplicationId({ accountId, applicationNo })
    super(`the payload of application ${applicationId ?? `(new) of account ${accountId}`} is no ${kind}: ${fault}`)
    this.name = 'UnreadablePayload'
    this.applicationId = applicationId
  }
}

/** What of an application a payload is read with; one that is being submitted has no number yet. */
export type PayloadOwner = Pick<Application, 'accountId' | 'kind' | 'payload'> & { applicationNo?: number }

/** What was once refused by a rule may not be refused when it is read: a rule may change, what is stored stays. */
const NO_RULES = {
  minLength: undefined,
  maxLength: undefined,
  pattern: undefined,
  format: undefined,
  minItems: undefined,
  maxItems: undefined,
  minimum: undefined,
  maximum: undefined,
}

/** @throws UnreadablePayload when it is not what the schema says */
type ReadPayload<Payload> = (owner: PayloadOwner) => Payload

/** What reads payloads, once their check is compiled. */
export type PayloadReader<Payload> = () => Promise<ReadPayload<Payload>>

/** Reads the payloads of applications as a schema shapes them. It keeps the check that it compiles at the first use. */
export function payloadReader<S extends TSchema>(schema: S): PayloadReader<Static<S>> {
  let read: ReadPayload<Static<S>> | undefined
  return async () => {
    read ??= readWith(schema, await compileShape(schema))
    return read
  }
}

function readWith<S extends TSchema>(schema: S, check: TypeCheck<TSchema>): ReadPayload<Static<S>> {
  return (owner) => {
    const { payload } = owner
    if (hasShape(schema, check, payload)) return payload
    const error = deepestOf(check.Errors(payload))
    throw new UnreadablePayload(owner, `${error?.path || 'the whole'}: ${error?.message ?? 'does not fit'}`)
  }
}

/** Of a payload that fits none of several choices the place that was reached in one of them says most. */
function deepestOf(errors: Iterable<ValueError>): ValueError | undefined {
  const all = [...errors].flatMap((error) => [error, ...error.errors.flatMap((choice) => [...choice])])
  return all.toSorted((a, b) => b.path.split('/').length - a.path.split('/').length)[0]
}

function hasShape<S extends TSchema>(_: S, check: TypeCheck<TSchema>, payload: unknown): payload is Static<S> {
  return check.Check(payload)
}

/** Not before it is needed: a server that starts has nothing to read yet, and does without TypeBox. */
async function compileShape(schema: TSchema): Promise<TypeCheck<TSchema>> {
  const { compile } = await import('@shenpi/sdk/contract/check')
  return compile(shapeOf(schema))
}

function shapeOf(schema: TSchema): TSchema {
  const { properties, items, anyOf } = schema
  const shape: TSchema = { ...schema, ...NO_RULES }
  if (properties) shape.properties = Object.fromEntries(membersOf(properties))
  if (items) shape.items = shapeOf(items)
  if (anyOf) shape.anyOf = anyOf.map(shapeOf)
  return shape
}

const membersOf = (properties: Record<string, TSchema>) =>
  Object.entries(properties).map(([name, member]) => [name, shapeOf(member)] as const)
