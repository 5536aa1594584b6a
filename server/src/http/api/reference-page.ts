import { type Access, api, type Endpoint } from '@shenpi/sdk/contract/api'
import { commonEndpointProblems } from '@shenpi/sdk/contract/common-problems'
import { PERMISSIONS } from '@shenpi/sdk/contract/permissions'
import { PROBLEMS, type ProblemRow } from '@shenpi/sdk/contract/problems'
import { choicesOf } from '@shenpi/sdk/contract/schema'
import type { TSchema } from '@sinclair/typebox'

/** The reference of the native API as one page without scripts: every call, every refusal. */
export function referencePage(): string {
  const calls = Object.entries<Endpoint>(api)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shenpi native API</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Shenpi native API</h1>
<p>Every call stands below <code>/api/v1</code>. Programs send <code>Authorization: Bearer KEY</code>, with a key whose roles may
do it; the first key lies in <code>DATA_DIR/api-key</code> and has every role. Browsers send the cookie of a session. The same as OpenAPI 3.1: <a href="/api/v1/openapi.json">openapi.json</a>.
A refusal is <code>application/problem+json</code> with a <code>code</code> of the <a href="#problems">table below</a>.</p>
<nav><ul>${calls.map(([name, { method, path }]) => `<li><a href="#${name}"><b>${method}</b> ${escaped(path)}</a></li>`).join('')}</ul></nav>
${calls.map(([name, endpoint]) => section(name, endpoint)).join('\n')}
<h2 id="problems">Problems</h2>
<div class="wide"><table><thead><tr><th>code</th><th>HTTP</th><th>errcode on the wire</th><th>meaning</th></tr></thead><tbody>
${Object.entries<ProblemRow>(PROBLEMS)
  .map(
    ([code, row]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${row.status}</td><td>${row.errcode ?? '–'}</td><td>${escaped(row.message)}</td></tr>`,
  )
  .join('\n')}
</tbody></table></div>
</main>
</body>
</html>
`
}

function section(name: string, endpoint: Endpoint): string {
  const parts: [string, TSchema][] = [
    ['Path', endpoint.params],
    ['Query', endpoint.query],
    ['Body', endpoint.body],
    [`Answer, HTTP ${endpoint.status}`, endpoint.answer],
  ]
  const codes = [...endpoint.problems, ...commonEndpointProblems(endpoint)]
  return `<section id="${name}">
<h2><b>${endpoint.method}</b> ${escaped(endpoint.path)}</h2>
<p>${escaped(endpoint.summary)}.${endpoint.conditional ? ' Send the ETag that the application was read with as <code>If-Match</code>.' : ''}</p>
<p>For ${forWhom(endpoint.access)}.</p>
${parts.map(([title, schema]) => members(title, schema)).join('')}
<p>Refused with ${codes.map((code) => `<a href="#${code}"><code>${code}</code></a>`).join(', ')}.</p>
</section>`
}

function forWhom(access: Access): string {
  if (access === 'public') return 'everybody, without credentials'
  if (access === 'signed_in') return 'whoever is signed in, about themselves'
  return `${PERMISSIONS[access].join(', ')} (<code>${access}</code>)`
}

function members(title: string, schema: TSchema): string {
  const rows = rowsOf(schema, '')
  if (rows.length === 0) return ''
  return `<h3>${escaped(title)}</h3><div class="wide"><table><thead><tr><th>member</th><th>type</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function rowsOf(schema: TSchema, prefix: string): string[] {
  return Object.entries<TSchema>(schema.properties ?? {}).flatMap(([name, property]) => {
    const optional = schema.required?.includes(name) ? '' : ' (optional)'
    const content = withoutNull(property)
    const said = [content.description ?? property.description, limitsOf(content)].filter(Boolean).join(' ')
    const row = `<tr><td><code>${prefix}${name}</code>${optional}</td><td>${escaped(typeOf(property))}</td><td>${escaped(said)}</td></tr>`
    const inner = content.type === 'array' ? content.items : content
    return [row, ...rowsOf(inner, `${prefix}${name}${content.type === 'array' ? '[].' : '.'}`)]
  })
}

function typeOf(schema: TSchema): string {
  const choices = choicesOf(schema)
  if (choices.length > 0) return choices.map(typeOf).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array') return `${typeOf(schema.items)}[]`
  return schema.format ? `${schema.type} (${schema.format})` : (schema.type ?? 'any')
}

/** What a member is where it is not null. */
function withoutNull(schema: TSchema): TSchema {
  const [one, ...others] = choicesOf(schema).filter(({ type }) => type !== 'null')
  return one && others.length === 0 ? one : schema
}

/** How long, how large and how many it may be, in words. */
function limitsOf({ minLength, maxLength, minimum, maximum, maxItems, default: standard }: TSchema): string {
  const limits = [
    maxLength !== undefined && `${range(minLength, maxLength)} characters.`,
    (minimum !== undefined || maximum !== undefined) && `${range(minimum, maximum)}.`,
    maxItems !== undefined && `At most ${maxItems}.`,
    standard !== undefined && `Default: ${standard}.`,
  ]
  return limits.filter(Boolean).join(' ')
}

function range(least: number | undefined, most: number | undefined): string {
  if (most === undefined) return `At least ${least}`
  return least === undefined ? `At most ${most}` : `${least} to ${most}`
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif;--line:color-mix(in srgb,currentColor 20%,transparent)}
body{margin:0}main{max-width:60rem;margin:0 auto;padding:2rem 1.5rem}h2{margin-top:3rem;font-size:1.15rem}h3{font-size:.95rem;margin-bottom:.3rem}
code{font-size:.9em}b{font-weight:700}nav ul{list-style:none;padding:0;columns:2 18rem}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
:target{background:color-mix(in srgb,gold 25%,transparent)}`
