import { isObject } from '@shenpi/sdk/contract/is-object'

/** The access token of a call: the first, where several are sent. @param query parsed */
export function tokenIn(query: unknown): string | undefined {
  const token = isObject(query) ? query.access_token : undefined
  const first: unknown = Array.isArray(token) ? token[0] : token
  return typeof first === 'string' ? first : undefined
}
