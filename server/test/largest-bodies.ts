import type { TSchema } from '@sinclair/typebox'
import { aMultipart, MEDIA, type Part } from 'shenpi-conformance/files/multipart'

/** Bodies within their limits that cost most to read. Sizes in bytes. */

const fill = (piece: string, size: number): string => piece.repeat(Math.max(0, Math.floor(size / piece.length)))

/** Names as long as they may be, each of them new to a parser. */
const namesOf = (count: number, size: number): string[] =>
  Array.from({ length: count }, (_, index) => index.toString(36).padStart(Math.max(5, Math.floor(size / count)), 'x'))

/** JSON of unknown members: the most members, objects and levels, the longest text and number. */
export function hostileJson(size: number, values: number): Record<string, () => string> {
  const room = size - 100
  const [many, half] = [Math.min(values - 2, Math.floor(room / 16)), Math.min(values / 2 - 2, Math.floor(room / 16))]
  const long = (letters: string) => () => `{"x":"${fill(letters, room)}"}`
  return {
    'many members': () => `{${namesOf(many, room - 6 * many).map((name) => `"${name}":1`)}}`,
    'many objects': () => `{"x":[${namesOf(half, room - 8 * half).map((name) => `{"${name}":1}`)}]}`,
    'more objects than are read': () => `[${namesOf(Math.floor(room / 14), 0).map((name) => `{"${name}":1}`)}]`,
    'a depth without an end': () => fill('[', size / 2) + fill(']', size / 2),
    'one member many times': () => `{${fill('"a":1,', Math.min(room, 6 * (values - 2)))}"a":1}`,
    'a text of escapes': long('\\u4e2d'),
    'a text without end': () => `{"x":"${fill('\\"', room)}`,
    'a long number': () => `{"x":${fill('1', room)}}`,
    comments: () => fill('//\n', size),
  }
}

/** The largest request that a schema allows, or with longer lists than it allows; at most `size` bytes of JSON. */
export function largestOf(schema: TSchema, size: number, { tooLong = false } = {}): string {
  const write = (each: TSchema, index: number): string => {
    if (each.anyOf) return write((each.anyOf as TSchema[]).at(0) ?? each, index)
    if (each.const !== undefined) return JSON.stringify(each.const)
    if (each.type === 'string') return `"${fill('\\u4e2d', 6 * Math.min(each.maxLength ?? 200, 2048))}"`
    if (each.type === 'boolean') return 'true'
    if (each.type === 'array') {
      const one = write(each.items, 1)
      const room = Math.max(1, Math.floor(size / 2 / (one.length + 1)))
      const length = Math.min(room, tooLong ? 2 * (each.maxItems ?? room) : (each.maxItems ?? room))
      return `[${Array.from({ length }, (_, at) => write(each.items, at + 1)).join()}]`
    }
    if (each.type !== 'object') return String(Math.min(each.maximum ?? index, Math.max(each.minimum ?? 0, index)))
    const members = Object.entries<TSchema>(each.properties)
    return `{${members.map(([name, member]) => `"${name}":${write(member, index)}`).join()}}`
  }
  return write(schema, 1)
}

export interface Form {
  headers: Record<string, string>
  body: Buffer
}

/** Forms with one long file, with many files, with long heads, and with text that is almost a boundary. */
export function hostileForms(size: number): Record<string, () => Form> {
  const room = size - 4096
  const times = (count: number, part: Part) => () => aMultipart(...Array.from({ length: count }, () => part))
  const aFile = (piece: string) => () => aMultipart({ head: [MEDIA], body: fill(piece, room) })
  const longHead = (text: string) =>
    times(39, { head: [`Content-Disposition: form-data; name="media"${text}`], body: 'x' })
  return {
    'a long file': aFile('a'),
    'a file of line breaks': aFile('\r\n'),
    'a file of what is nearly a boundary': aFile('\r\n------boundar'),
    'a file of dashes': aFile('-'),
    'more parts than are read': times(Math.floor(room / 100), { head: [MEDIA], body: 'x' }),
    'long heads': longHead(fill(';', 200_000)),
    'long names of files': longHead(`; filename="${fill('\\"', 200_000)}"`),
    'names of files in escapes': longHead(`; filename*=utf-8''${fill('%e4', 200_000)}`),
    'many lines in a head': times(39, { head: [MEDIA, ...Array<string>(20_000).fill('A: b')], body: 'x' }),
    'long fields': times(39, { head: ['Content-Disposition: form-data; name="type"'], body: fill('a', 200_000) }),
  }
}

/** Files for an import, each as long as the contract allows, or as the request. */
export const hostileFiles = (length: number, size: number): Record<string, string> => ({
  'a file in Chinese': `{"file":"${fill('审', length)}"}`,
  'a file of line breaks': `{"file":"${fill('\\n', 2 * length)}"}`,
  'a file of escapes': `{"file":"${fill('\\u4e2d', size)}"}`,
})

/** Queries of nearly 16 KB. */
export const hostileQueries = (member: string): Record<string, string> => ({
  'many arguments': Array.from({ length: 2500 }, (_, index) => `${index.toString(36)}=`).join('&'),
  'one argument many times': fill(`${member}=&`, 14_000),
  'an argument of escapes': `${member}=${fill('%41', 14_000)}`,
})
