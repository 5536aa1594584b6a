import { inspect } from 'node:util'

/** Each option by its name, and the values that it may have where they are few. */
type Known<O> = { readonly [name in keyof Required<O>]: readonly unknown[] | 'any' }

/**
 * Refuse what is no such options: a test in JavaScript is told by nobody else that it misspelt one.
 *
 * @param of whose options they are
 * @throws Error that says what there is
 */
export function checkOptions<O extends object>(of: string, options: O, known: Known<O>): void {
  const names = Object.keys(known)
  const words = `there are ${names.join(', ')}`
  if (typeof options !== 'object' || options === null || options instanceof Promise) {
    throw new Error(`${of}: ${inspect(options)} stands where options do; ${words}`)
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, name)) throw new Error(`${of}: there is no option ${name}; ${words}`)
    const values: readonly unknown[] | 'any' = known[name as keyof O]
    if (values !== 'any' && value !== undefined && !values.includes(value)) {
      throw new Error(`${of}: ${name} is ${inspect(value)}, and not one of ${values.join(', ')}`)
    }
  }
}
