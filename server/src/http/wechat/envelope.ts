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

/** The answer to a call that was refused. A problem of the native API alone has no number on the wire. */
export function toRefusal({ code, wireText }: Problem, rid: string): { errcode: number; errmsg: string } {
  const { errcode, message } = problemRow(code)
  if (errcode === undefined) throw new Error(`the problem ${code} has no errcode, it cannot be answered on the wire`)
  return { errcode, errmsg: `${wireText ?? message} rid: ${rid}` }
}
