import { choicesOf } from '@shenpi/sdk/contract/schema'
import type { TSchema } from '@sinclair/typebox'

/**
 * What a page says of a member beside its description and its limits.
 *
 * @param pointer where it stands, as JSON Pointer: `/brand_info/brand_wording`
 */
export type Remark = (schema: TSchema, pointer: string, isOptional: boolean) => string | undefined

/** HTML that shows the members of a schema, at every depth; nothing for a schema without members. @param remark in HTML */
export function memberTable(title: string, schema: TSchema, remark: Remark = () => undefined): string {
  const rows = rowsOf(schema, { prefix: '', pointer: '' }, remark)
  if (rows.length === 0) return ''
  return `<h3>${escaped(title)}</h3>${table(['member', 'type', 'what it may be'], rows)}`
}

/** @param rows as `<tr>` */
export function table(head: readonly string[], rows: readonly string[]): string {
  const titles = head.map((title) => `<th>${title}</th>`).join('')
  return `<div class="wide"><table><thead><tr>${titles}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`
}

/** Where a schema stands: what its members' names begin with, and its pointer. */
interface Place {
  prefix: string
  pointer: string
}

function rowsOf(schema: TSchema, place: Place, remark: Remark): string[] {
  return Object.entries<TSchema>(schema.properties ?? {}).flatMap(([name, property]) => {
    const isOptional = !schema.required?.includes(name)
    const content = withoutNull(property)
    const isList = content.type === 'array'
    const [label, pointer] = [`${place.prefix}${name}`, `${place.pointer}/${name}`]
    const said = [
      escaped(content.description ?? property.description ?? ''),
      escaped(limitsOf(content)),
      remark(content, pointer, isOptional),
    ]
    const row = `<tr><td><code>${label}</code>${isOptional ? ' (optional)' : ''}</td><td>${escaped(typeOf(property))}</td><td>${said.filter(Boolean).join(' ')}</td></tr>`
    const inner = isList ? { prefix: `${label}[].`, pointer: `${pointer}/0` } : { prefix: `${label}.`, pointer }
    return [row, ...rowsOf(isList ? content.items : content, inner, remark)]
  })
}

function typeOf(schema: TSchema): string {
  const choices = choicesOf(schema)
  if (choices.length > 0) return choices.map(typeOf).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array') return `${typeOf(schema.items)}[]`
  const isFormat = schema.format && !schema.format.startsWith('weight-')
  return isFormat ? `${schema.type} (${schema.format})` : (schema.type ?? 'any')
}

/** What a member is where it is not null. */
function withoutNull(schema: TSchema): TSchema {
  const [one, ...others] = choicesOf(schema).filter(({ type }) => type !== 'null')
  return one && others.length === 0 ? one : schema
}

/** How long, how large and how many it may be, in words. */
function limitsOf({ minLength, maxLength, minimum, maximum, minItems, maxItems, default: standard }: TSchema): string {
  // Every whole number of the wire says so.
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
  const limits = [
    maxLength !== undefined && `${range(minLength, maxLength)} characters.`,
    (minimum !== undefined || most !== undefined) && `${range(minimum, most)}.`,
    maxItems !== undefined && `${range(minItems, maxItems)} of them.`,
    standard !== undefined && `Default: ${standard}.`,
  ]
  return limits.filter(Boolean).join(' ')
}

function range(least: number | undefined, most: number | undefined): string {
  if (most === undefined) return `At least ${least}`
  return least === undefined ? `At most ${most}` : `${least} to ${most}`
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)
