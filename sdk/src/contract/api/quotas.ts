import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable } from '../endpoint.ts'
import { Type } from '../schema.ts'

const Usage = Type.Object({
  day: Type.String({ description: 'Of UTC+8, `2026-09-21`.' }),
  items: Type.Array(
    Type.Object({
      path: Type.String(),
      used: Type.Integer(),
      limit: Nullable(Type.Integer({ description: 'Null: there is none.' })),
    }),
    { description: 'The paths that were called, the one most used first.' },
  ),
})

export const quotaEndpoints = {
  getUsage: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/usage',
    access: 'account.read',
    summary: 'Read how often an account has called each path today, and how often it may',
    params: byAppid,
    answer: Usage,
    problems: ['account.unknown'],
  }),
}

export type ApiUsage = Static<typeof Usage>
