import { type Access, api, type Endpoint } from '@shenpi/sdk/contract/api'
import { commonEndpointProblems } from '@shenpi/sdk/contract/common-problems'
import { PERMISSIONS } from '@shenpi/sdk/contract/permissions'
import { PROBLEMS, type ProblemRow } from '@shenpi/sdk/contract/problems'
import type { TSchema } from '@sinclair/typebox'
import type { MadeDocument } from '../document.ts'
import { escaped, memberTable, table } from '../member-table.ts'
import { referencePage } from '../reference-page.ts'

/** The reference of the native API as one page without scripts: every call, every refusal. */
export function apiReference(): MadeDocument {
  const calls = Object.entries<Endpoint>(api)
  const links = calls.map(
    ([name, { method, path }]) => `<li><a href="#${name}"><b>${method}</b> ${escaped(path)}</a></li>`,
  )
  return referencePage({
    title: 'Shenpi native API',
    intro: `<p>Every call stands below <code>/api/v1</code>. Programs send <code>Authorization: Bearer KEY</code>, with a key whose roles may
do it; the first key lies in <code>DATA_DIR/api-key</code> and has every role. Browsers send the cookie of a session. The same as OpenAPI 3.1: <a href="/api/v1/openapi.json">openapi.json</a>.
A refusal is <code>application/problem+json</code> with a <code>code</code> of the <a href="#problems">table below</a>.
What merchants call is the <a href="/docs">wire</a>.</p>`,
    nav: `<ul>${links.join('')}</ul>`,
    sections: [...calls.map(([name, endpoint]) => section(name, endpoint)), problems()],
  })
}

function problems(): string {
  const rows = Object.entries<ProblemRow>(PROBLEMS).map(
    ([code, row]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${row.status}</td><td>${row.errcode ?? '–'}</td><td>${escaped(row.message)}</td></tr>`,
  )
  return `<h2 id="problems">Problems</h2>
${table(['code', 'HTTP', 'errcode on the wire', 'meaning'], rows)}`
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
${parts.map(([title, schema]) => memberTable(title, schema)).join('')}
<p>Refused with ${codes.map((code) => `<a href="#${code}"><code>${code}</code></a>`).join(', ')}.</p>
</section>`
}

function forWhom(access: Access): string {
  if (access === 'public') return 'everybody, without credentials'
  if (access === 'signed_in') return 'whoever is signed in, about themselves'
  return `${PERMISSIONS[access].join(', ')} (<code>${access}</code>)`
}
