import { wire } from '@shenpi/sdk'

/** Call a method of a client, and return its answer. */
// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
export type CallMethod = (name: string, ...args: unknown[]) => Promise<any>

/** Calls a client's methods, and records the names of those that succeeded. */
export function drive(invoke: CallMethod): { call: CallMethod; worked: Set<string> } {
  const worked = new Set<string>()
  const call: CallMethod = async (name, ...args) => {
    const answer = await invoke(name, ...args)
    worked.add(name)
    return answer
  }
  return { call, worked }
}

const SERVED = new Set<string>(Object.values(wire).flatMap((calls) => Object.values(calls).map(({ path }) => path)))
/** A text in a source, and the member of the client that stands before it where one does. */
const TEXT = /(?:\b(?:this|that)\.(\w+) \+ )?'([^'\s]+)'/g

/**
 * The methods of a library's client for the calls that Shenpi serves, found in its source: those that name the path of
 * such a call, and those that ask for a token. Of a pair `x` and `_x`, where the second does the work, it is `x`.
 */
export function servedMethods(client: object): string[] {
  const prototype = Object.getPrototypeOf(client)
  const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor')
  const served = names.filter((name) => isServed(client, String(prototype[name])))
  return [...new Set(served.map((name) => name.replace(/^_/, '')))].sort()
}

function isServed(client: object, source: string): boolean {
  const paths = [...source.matchAll(TEXT)].map(([, member, text]) => {
    const before = member === undefined ? '' : Reflect.get(client, member)
    return URL.parse(`${before}${text}`)?.pathname
  })
  return source.includes('.getAccessToken(') || paths.some((path) => path !== undefined && SERVED.has(path))
}
