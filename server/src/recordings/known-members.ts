import { isObject } from '@shenpi/sdk/contract/is-object'
import { wire } from '@shenpi/sdk/contract/wire'

/** What stands around every request and answer. */
const ENVELOPE = ['access_token', 'errcode', 'errmsg', 'data']

const KNOWN: ReadonlySet<string> = new Set([
  ...ENVELOPE,
  ...Object.values(wire).flatMap((calls) =>
    Object.values(calls).flatMap(({ request, answer, queried = [], upload }) => [
      ...queried,
      ...namesIn(request),
      ...namesIn(answer),
      ...(upload?.part ? [upload.part] : []),
    ]),
  ),
])

/** Whether a call of this wire has a member of this name, in a request or an answer. */
export const isKnownMember = (name: string): boolean => KNOWN.has(name)

function namesIn(schema: unknown): string[] {
  if (!isObject(schema) && !Array.isArray(schema)) return []
  const { properties, otherName } = Object(schema)
  const names = isObject(properties) ? Object.keys(properties) : []
  const other = typeof otherName === 'string' ? [otherName] : []
  return [...names, ...other, ...Object.values(schema).flatMap(namesIn)]
}
