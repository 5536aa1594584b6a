import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { Call } from '@shenpi/sdk/contract/call'
import { commonCallProblems } from '@shenpi/sdk/contract/common-problems'
import { problemRow } from '@shenpi/sdk/contract/problems'
import { problemAt } from '@shenpi/sdk/contract/reading'
import { Kind } from '@shenpi/sdk/contract/schema'
import { wire } from '@shenpi/sdk/contract/wire'
import type { TSchema } from '@sinclair/typebox'
import type { MadeDocument } from '../document.ts'
import { escaped, memberTable, type Remark, table } from '../member-table.ts'
import { referencePage } from '../reference-page.ts'
import { wordsOfAnswer, wordsOfRequest } from './json-schema.ts'
import { TAGS } from './openapi.ts'
import { answerExamples, type Examples, inParts, refusalsOf, requestExamples } from './openapi-examples.ts'
import { unnamedProblem } from './serve-calls.ts'
import { credentialsBox, tryBox } from './try-box.ts'

/**
 * The reference of the wire as one page, from its contract and its cases: a call at a time, others are served meanwhile.
 *
 * @param hasTryBox whether calls can be made from it
 */
export async function wireReference(hasTryBox: boolean): Promise<MadeDocument> {
  const sections: string[] = hasTryBox ? [credentialsBox()] : []
  const nav: string[] = []
  for (const [subject, calls] of Object.entries<Record<string, Call>>(wire)) {
    const links = Object.values<Call>(calls).map(({ path }) => `<li><a href="#${path}">${path}</a></li>`)
    nav.push(
      `<h2>${escaped(Object.entries(TAGS).find(([name]) => name === subject)?.[1] ?? subject)}</h2><ul>${links.join('')}</ul>`,
    )
    for (const call of Object.values<Call>(calls)) {
      await turn()
      sections.push(section(call, hasTryBox))
    }
  }
  return referencePage({
    title: 'Shenpi’s WeChat-compatible wire',
    intro: INTRO,
    nav: nav.join(''),
    sections,
    ...(hasTryBox && { script: await readFile(join(import.meta.dirname, 'try-calls.js'), 'utf8') }),
  })
}

const INTRO = `<p>Paths are the platform’s; only the host changes. A call takes <code>?access_token=…</code>, as
<a href="#/cgi-bin/stable_token"><code>/cgi-bin/stable_token</code></a> answers it, and JSON in UTF-8, whatever its Content-Type says; <code>null</code> counts as
absent, and digits in a text as a number. Every answer has HTTP status 200: <code>errcode</code> tells what became of the call, and a refusal’s <code>errmsg</code> ends in
the <code>rid</code> that <a href="#/cgi-bin/openapi/rid/get"><code>rid/get</code></a> knows it by. What is shown here are cases that the server is tested with. The same
as OpenAPI 3.1: <a href="/openapi.json">openapi.json</a>. What staff and programs of the operator call is the <a href="/api/docs">native API</a>.</p>`

function section(call: Call, hasTryBox: boolean): string {
  const { path, methods, summary, request, answer } = call
  return `<section id="${path}">
<h2><b>${methods.join(' or ')}</b> ${path}</h2>
<p>${escaped(summary)}. ${needs(call)}</p>
${memberTable(REQUEST_TITLES[call.body], request, remarkOf(call))}
${shown('Request', requestExamples(call), (value) => requestText(call, value))}
${memberTable(call.family === 'shakearound' ? 'Answer, in data' : 'Answer, beside errcode and errmsg', answer, remarkOfAnswer)}
${shown('Answer', answerExamples(call), toText)}
${refusals(call)}
${hasTryBox ? tryBox(call) : ''}
</section>`
}

const REQUEST_TITLES: Readonly<Record<Call['body'], string>> = {
  json: 'Body, JSON',
  upload: 'Arguments beside the file',
  arguments: 'Arguments, in the query or in JSON',
  query: 'Query',
  none: 'Request',
}

function needs({ authorized, activated, connected, upload, rate, safe }: Call): string {
  const sentences = [
    !authorized && 'It takes no access token.',
    activated && 'The account has Shake Nearby open.',
    connected && 'The account has the shop component open.',
    upload?.part &&
      `The file is the part <code>${upload.part}</code> of a form; other arguments stand in the ${upload.arguments}.`,
    rate && `At most ${rate.daily} times a day and ${rate.minute} times a minute.`,
    safe && 'It may be repeated.',
  ]
  return sentences.filter(Boolean).join(' ')
}

const remarkOfAnswer: Remark = (schema) => escaped(sentences(wordsOfAnswer(schema)))

/** What a member may be beside its type, where it stands, and what one that is not so is refused with. */
function remarkOf(call: Call): Remark {
  const { queried = [] } = call
  return (schema, pointer, isOptional) =>
    [
      escaped(sentences(wordsOfRequest(schema))),
      queried.includes(pointer.slice(1)) && 'It stands in the query.',
      refusalsAt(call, schema, pointer, isOptional),
    ]
      .filter(Boolean)
      .join(' ')
}

function refusalsAt(call: Call, schema: TSchema, pointer: string, isOptional: boolean): string {
  // Of such a member everything fits.
  if (schema[Kind] === 'Unknown') return ''
  const numberFor = (fault: 'missing' | 'above' | 'problem') =>
    `<code>${problemRow(problemAt(call.request, pointer, fault) ?? unnamedProblem(call)).errcode}</code>`
  const [missing, above, otherwise] = [numberFor('missing'), numberFor('above'), numberFor('problem')]
  const hasMost = [schema.maximum, schema.maxLength, schema.maxItems].some((most) => most !== undefined)
  const parts = [
    ...(isOptional || missing === otherwise ? [] : [`missing ${missing}`]),
    ...(!hasMost || above === otherwise ? [] : [`above ${above}`]),
    `else ${otherwise}`,
  ]
  return sentences([parts.join(', ')])
}

const sentences = (words: readonly string[]): string =>
  words.map((one) => `${one.charAt(0).toUpperCase()}${one.slice(1)}.`).join(' ')

const toText = (value: unknown): string => JSON.stringify(value, null, 2)

/** A request as it is sent: its query, if some of it stands there, and its JSON. */
function requestText(call: Call, value: unknown): string {
  const { query, body } = inParts(call, value)
  const members = Object.entries(query).map(([name, member]): [string, string] => [name, String(member)])
  return `${members.length > 0 ? `?${new URLSearchParams(members)}\n` : ''}${toText(body)}`
}

function shown(title: string, of: Examples, textOf: (value: unknown) => string): string {
  return Object.values(of)
    .map(
      ({ summary, value }) =>
        `<details><summary>${title}: ${escaped(summary)}</summary><pre tabindex="0">${escaped(textOf(value))}</pre></details>`,
    )
    .join('')
}

/** Each number once, with a case that is refused so. */
function refusals(call: Call): string {
  const numbers = new Map<number, Set<string>>()
  for (const code of [...call.problems, ...commonCallProblems(call)]) {
    const { errcode, message } = problemRow(code)
    if (errcode !== undefined) numbers.set(errcode, (numbers.get(errcode) ?? new Set()).add(message))
  }
  const cases = refusalsOf(call)
  const rows = [...numbers].map(
    ([errcode, messages]) =>
      `<tr><td><code>${errcode}</code></td><td>${escaped([...messages].join('; '))}</td><td>${escaped(cases[String(errcode)] ?? '')}</td></tr>`,
  )
  return `<details><summary>${rows.length} refusals</summary>${table(['errcode', 'errmsg', 'such as'], rows)}</details>`
}
