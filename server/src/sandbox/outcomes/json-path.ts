/** A member by its name, an item by its place, or any item of a list. */
type Step = string | number | typeof ANY

const ANY = Symbol('any')
const STEP = /(?:^|\.)([^.[\]]+)|\[(\d{1,6}|\*)\]/y

/**
 * A path into JSON: `base_info.city`, `license[0]`, `scene_group_list[*]`, with or without `$.` before it.
 *
 * @returns undefined when it cannot be read
 */
export function parsePath(text: string): readonly Step[] | undefined {
  const path = text.replace(/^\$\.?/, '')
  const steps: Step[] = []
  let read = 0
  for (const [found, name, place] of path.matchAll(new RegExp(STEP, 'gy'))) {
    steps.push(name ?? (place === '*' ? ANY : Number(place)))
    read += found.length
  }
  return read === path.length && steps.length > 0 ? steps : undefined
}

/** What stands at a path: several values where it goes through any item of a list, none where nothing is there. */
export function valuesAt(value: unknown, [step, ...rest]: readonly Step[]): unknown[] {
  if (step === undefined) return value === undefined ? [] : [value]
  if (step === ANY) return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : []
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return []
  return valuesAt(Reflect.get(value, step), rest)
}
