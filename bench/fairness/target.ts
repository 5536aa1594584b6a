import type { ApiClient } from '@shenpi/sdk/client'
import { api } from '@shenpi/sdk/contract/api'
import type { Place } from '../../server/test/databases.ts'
import { type Applicant, createApplicant } from '../submissions.ts'

/** The server that an attack is made on, as its attackers know it. */
export interface Target {
  url: string
  api: ApiClient
  place: Omit<Place, keyof AsyncDisposable>
}

/**
 * Prepare an attack, without any harm yet.
 *
 * @returns what begins it: resolved when it is under way, after which it goes on until its thread is ended
 */
export type Attack = (target: Target) => Promise<() => Promise<void>>

/** Do something for each of many, a few at a time. */
export async function forEach<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const left = items.values()
  const worker = async () => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** Do something over and over, so many at once, whatever comes of it. */
export function keepAt(atOnce: number, work: (index: number) => Promise<unknown>): void {
  const loop = async (index: number) => {
    for (;;) {
      await work(index).catch(() => {})
      await new Promise(setImmediate)
    }
  }
  for (let index = 0; index < atOnce; index += 1) void loop(index)
}

export async function createApplicants(target: Target, count: number): Promise<Applicant[]> {
  const applicants: Applicant[] = []
  await forEach(Array.from({ length: count }), 8, async () => applicants.push(await createApplicant(target)))
  return applicants
}

/** Reject applications, so that a callback is due for each. */
export async function decideAll({ api: client }: Target, ids: readonly string[]): Promise<void> {
  const body = { move: 'reject', reason: '证件不清晰' } as const
  await forEach(ids, 16, (id) => client.call(api.decideApplication, { params: { id }, version: 1, body }))
}
