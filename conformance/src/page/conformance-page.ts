import type { Call } from '@shenpi/sdk/contract/call'
import { commonCallProblems } from '@shenpi/sdk/contract/common-problems'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { wire } from '@shenpi/sdk/contract/wire'
import type { ConformanceCase } from '../case.ts'
import { ANY_CALL } from '../cases/any-call.cases.ts'
import { STORIES } from '../stories.ts'
import { MEMBERS } from '../world/world.ts'
import { type Choice, VARIANTS } from './choices.ts'
import { type HeldRule, holdRules } from './evidence.ts'
import { PUBLISHED_CODES } from './published-codes.ts'
import { UNCONFIRMED } from './unconfirmed.ts'

/** Every case there is. */
export const CASES: readonly ConformanceCase[] = [...STORIES, ANY_CALL].flatMap(({ cases }) => cases)
export const CALLS: readonly Call[] = Object.values(wire).flatMap((calls) => Object.values<Call>(calls))

/** The cases by the number that they are refused with. */
export const byErrcode = (cases: readonly ConformanceCase[]) => Map.groupBy(cases, ({ errcode }) => errcode ?? 0)

/** docs/conformance.md: what the wire conforms to, each line with the cases that show it. */
export function conformancePage(): string {
  const calls = CALLS.map(callSection)
  return `# Conformance

\`npm run page -w conformance\` writes this page from the contract and its cases: do not edit it.

The wire has ${CALLS.length} calls and ${CASES.length} cases. A case is a request and its answer, as data, in
[conformance/src/cases](../conformance/src/cases). \`npm test -- conformance\` sends each one to a server on SQLite and to one
on PostgreSQL. It also compares every answer with its call's schema, and checks that a refusal changes nothing that is stored.
The same cases are the examples of [/openapi.json](../server/src/http/wechat/openapi.ts).

Where several cases show a line, the page names one of them. These accounts call:

${Object.entries(MEMBERS)
  .map(([name, says]) => `- **${name}**: ${says}`)
  .join('\n')}

Contents:

- [Calls](#calls)
- [Numbers](#numbers)
- [Where sources disagree](#where-sources-disagree)
- [What nobody confirms](#what-nobody-confirms)

## Calls

${calls.join('\n')}
## Numbers

Every number that is published for these subjects, with the case that reaches it, or why none does.

${Object.entries(PUBLISHED_CODES).map(codesSection).join('\n')}
## Where sources disagree

${choicesTable(VARIANTS)}
## What nobody confirms

${choicesTable(UNCONFIRMED)}`
}

function callSection(call: Call): string {
  const cases = CASES.filter((one) => one.call === call)
  const rules = holdRules(call, cases)
  const answered = cases.filter(({ errcode }) => errcode === undefined)
  return `### ${call.methods.join(', ')} ${call.path}

${call.summary}. Answered: ${show(answered)}.

${rules.length > 0 ? `${table(['Field', 'Rule', 'errcode', 'Case'], rules.map(ruleRow))}\n` : ''}${table(['errcode', 'Refused when', 'Case'], refusalRows(call, cases))}`
}

function ruleRow({ field, says, errcode, cases, atLimit }: HeldRule): string[] {
  const limit = atLimit.length > 0 ? `; at the limit: ${show(atLimit)}` : ''
  return [`\`${field}\``, says, errcode === undefined ? '' : String(errcode), `${show(cases)}${limit}`]
}

/** What a call can be refused with, once a number; what any call can is shown by any of them. */
function refusalRows(call: Call, cases: readonly ConformanceCase[]): string[][] {
  const shown = byErrcode(cases)
  const codes: ProblemCode[] = [...call.problems, ...commonCallProblems(call)]
  const messages = new Map(codes.map((code) => [problemRow(code).errcode as number, problemRow(code).message]))
  return [...messages].map(([errcode, message]) => [
    String(errcode),
    message,
    shown.has(errcode) ? show(shown.get(errcode)) : `as for [other calls](#numbers)`,
  ])
}

function codesSection([title, codes]: [string, (typeof PUBLISHED_CODES)[string]]): string {
  const shown = byErrcode(CASES)
  const rows = codes.map(([errcode, meaning, unanswered]) => {
    const [first] = shown.get(errcode) ?? []
    return [String(errcode), meaning, unanswered ? `not answered: ${unanswered}` : first ? titled(first) : '']
  })
  return `### ${title}\n\n${table(['errcode', 'Published meaning', 'Case'], rows)}`
}

function choicesTable(choices: readonly Choice[]): string {
  const rows = choices.map(({ point, published, choice, shownBy }) => [point, published, choice, shownBy.join('; ')])
  return table(['Point', 'Published', 'Here', 'Shown by'], rows)
}

const titled = ({ call, name }: ConformanceCase) => `${call.path}: ${name}`

function show(cases: readonly ConformanceCase[] = []): string {
  const [first] = cases
  if (!first) return ''
  return cases.length === 1 ? `“${first.name}”` : `“${first.name}” and ${cases.length - 1} more`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inCell).join(' | ')} |\n`
  return `${line(head)}|${' --- |'.repeat(head.length)}\n${rows.map(line).join('')}`
}

/** A text that ends no cell and starts no markup. */
const inCell = (text: string) =>
  text.replaceAll('|', '\\|').replaceAll('\0', 'U+0000').replaceAll('\n', ' ').replaceAll('<', '&lt;')
