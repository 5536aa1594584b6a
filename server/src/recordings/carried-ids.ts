import { isObject } from '@shenpi/sdk/contract/is-object'

/** Members that hold an id: numbers mean something only under their names, so they are carried by name and value. */
const ID = /(?:^|_)ids?$|^(?:uuid|major|minor|last_seen|rid)$/
/** Ids that every server has alike: of industries, scenes and categories. */
const SAME_EVERYWHERE = /^industry_id$|_cat_id$|^ext_id$|^scene_|^appid$/
/** Under other names than that of the id that they are. */
const OTHER_NAMES: Readonly<Record<string, string>> = { last_seen: 'device_id' }

const RID = / rid: ([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})$/
const LINK = /^https?:\/\//

/** Deeper than any request or answer of the wire. */
const DEPTH_MAX = 32

/** Whether a member of this name is an id that one server gives and another does not know. */
export const isId = (name: string): boolean => ID.test(name) && !SAME_EVERYWHERE.test(name)
const kindOf = (name: string): string => OTHER_NAMES[name] ?? name.replace(/_ids$/, '_id')
const keyOf = (name: string, value: unknown): string => `${kindOf(name)} ${String(value)}`

/**
 * What an id, or a link to a picture, of the recorded answers is called by the server that is compared: what its answer has
 * at the same place. Later requests are sent with that.
 */
export class CarriedIds {
  readonly #ids = new Map<string, unknown>()
  /** Ids that are texts, and links: they mean the same under any name. */
  readonly #texts = new Map<string, string>()

  /** Learn from a recorded answer and the one that came. */
  learn(recorded: unknown, answered: unknown, name = '', depth = 0): void {
    if (depth > DEPTH_MAX) return
    if (isObject(recorded) && isObject(answered)) {
      for (const [member, value] of Object.entries(recorded)) this.learn(value, answered[member], member, depth + 1)
    } else if (Array.isArray(recorded) && Array.isArray(answered)) {
      for (const [index, value] of recorded.entries()) this.learn(value, answered[index], name, depth + 1)
    } else if (name === 'errmsg') {
      this.#learnId('rid', RID.exec(String(recorded))?.[1], RID.exec(String(answered))?.[1])
    } else if (isId(name) || (typeof recorded === 'string' && LINK.test(recorded))) {
      this.#learnId(name, recorded, answered)
    }
  }

  #learnId(name: string, recorded: unknown, answered: unknown): void {
    if (!isScalar(recorded) || !isScalar(answered)) return
    if (isId(name)) this.#ids.set(keyOf(name, recorded), answered)
    if (typeof recorded === 'string' && !/^\d*$/.test(recorded)) this.#texts.set(recorded, String(answered))
  }

  /** A request as it is sent: with the ids of the server that is compared. @param unknown gets those that no answer gave */
  carry(value: unknown, unknown: Set<string>, name = '', depth = 0): unknown {
    if (depth > DEPTH_MAX) return value
    if (Array.isArray(value)) return value.map((item) => this.carry(item, unknown, name, depth + 1))
    if (isObject(value)) {
      const members = Object.entries(value).map(([member, inner]) => [
        member,
        this.carry(inner, unknown, member, depth + 1),
      ])
      return Object.fromEntries(members)
    }
    return this.#carryOne(name, value, unknown)
  }

  #carryOne(name: string, value: unknown, unknown: Set<string>): unknown {
    if (typeof value === 'string' && this.#texts.has(value)) return this.#texts.get(value)
    // 0 and an empty text stand for none, as in half of a device_identifier.
    if (!isId(name) || !isScalar(value) || value === 0 || value === '') return value
    const key = keyOf(name, value)
    if (!this.#ids.has(key)) {
      unknown.add(key)
      return value
    }
    const id = this.#ids.get(key)
    // A client may write a number as a text of digits.
    return typeof value === 'string' && typeof id === 'number' ? String(id) : id
  }
}

const isScalar = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
