import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { Call, Refusal } from '@shenpi/sdk/contract/call'
import { commonCallProblems } from '@shenpi/sdk/contract/common-problems'
import { problemRow } from '@shenpi/sdk/contract/problems'
import { wire } from '@shenpi/sdk/contract/wire'
import type { TSchema } from '@sinclair/typebox'
import type { MadeDocument } from '../document.ts'
import { escaped, memberTable, table } from '../member-table.ts'
import { referencePage } from '../reference-page.ts'
import { wordsOf } from './json-schema.ts'
import { TAGS } from './openapi.ts'
import { answerExamples, type Examples, refusalsOf, requestExamples } from './openapi-examples.ts'
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
${memberTable(REQUEST_TITLES[call.body], request, remark)}
${examples('Request', requestExamples(call))}
${memberTable(call.family === 'shakearound' ? 'Answer, in data' : 'Answer, beside errcode and errmsg', answer, remark)}
${examples('Answer', answerExamples(call))}
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

/** What a member may be beside its type, and what one that is not so is refused with. */
function remark(schema: TSchema & Refusal): string | undefined {
  const words = wordsOf(schema)
  const codes = new Set(
    [schema.problem, schema.missing, schema.above].flatMap((code) => (code ? problemRow(code).errcode : [])),
  )
  const refused = [...codes].filter((code) => code !== undefined).map((code) => `<code>${code}</code>`)
  const said = [words && `${escaped(sentence(words))}`, refused.length > 0 && `Else ${refused.join(', ')}.`]
  return said.filter(Boolean).join(' ') || undefined
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

function examples(title: string, of: Examples): string {
  return Object.values(of)
    .map(
      ({ summary, value }) =>
        `<details><summary>${title}: ${escaped(summary)}</summary><pre tabindex="0">${escaped(JSON.stringify(value, null, 2))}</pre></details>`,
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
