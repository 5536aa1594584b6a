import type { Family } from '@shenpi/sdk/contract/call'
import { problemRow } from '@shenpi/sdk/contract/problems'
import type { Problem } from '../../problem.ts'

/** The answer to a call that succeeded, in its family's envelope. Source: docs/protocol/conventions.md, envelopes. */
export function toAnswer<Answer>(family: Family, answer: Answer): unknown {
  switch (family) {
    case 'shakearound':
      return { data: answer, errcode: 0, errmsg: 'success.' }
    case 'shakearound_list':
      return { ...answer, errcode: 0, errmsg: 'success.' }
    case 'lottery':
      return { errcode: 0, errmsg: '', ...answer }
    case 'shop':
      return { errcode: 0, errmsg: 'ok', ...answer }
    case 'token':
      return answer
  }
}

/**
 * The answer to a call that was refused. A problem of the native API alone has no number on the wire. Where the platform's
 * text does not say which field is meant, the field's path stands behind it.
 */
export function toRefusal({ code, wireText, findings }: Problem, rid: string): { errcode: number; errmsg: string } {
  const { errcode, message } = problemRow(code)
  if (errcode === undefined) throw new Error(`the problem ${code} has no errcode, it cannot be answered on the wire`)
  const text = wireText ?? withField(message, findings[0]?.path ?? '')
  return { errcode, errmsg: `${text} rid: ${rid}` }
}

/** A list may have thousands of items, and a name is as long as the contract has it. Unit: characters. */
const PATH_MAX = 120

/**
 * A text that says which field it is about, by its name or in words.
 *
 * @example
 * withField('invalid args', 'license[0]') // 'invalid args: license[0]'
 * withField('invalid industry id', 'industry_id') // 'invalid industry id'
 */
export function withField(text: string, path: string): string {
  const name = /(\w+)(?:\[\d+\])?$/.exec(path)?.[1]
  if (name === undefined || path.length > PATH_MAX) return text
  const words = ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `
  return words.includes(` ${name.replaceAll('_', ' ')} `) ? text : `${text}: ${path}`
}
