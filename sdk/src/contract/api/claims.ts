import type { Static } from '@sinclair/typebox'
import { byId, endpoint, Nullable, Time } from '../endpoint.ts'
import { Type } from '../schema.ts'

/** How long a claim holds without being prolonged. Unit: milliseconds. */
export const CLAIM_MS = 120_000

export const Claim = Type.Object({
  by: Type.String(),
  mine: Type.Boolean(),
  until: Time,
})

export const claimEndpoints = {
  claimApplication: endpoint({
    method: 'POST',
    path: '/applications/{id}/claim',
    access: 'application.claim',
    summary: 'Claim an application for two minutes, or prolong the claim: nobody else decides it meanwhile',
    params: byId,
    answer: Claim,
    problems: ['application.unknown', 'application.closed', 'application.claimed', 'decision.scheduled'],
  }),
  releaseClaim: endpoint({
    method: 'POST',
    path: '/applications/{id}/claim/release',
    access: 'application.claim',
    summary: 'Give up your claim of an application',
    params: byId,
    answer: Type.Object({ claim: Nullable(Claim) }),
    problems: ['application.unknown'],
  }),
  takeOverClaim: endpoint({
    method: 'POST',
    path: '/applications/{id}/claim/take-over',
    access: 'application.reassign',
    summary: 'Claim an application that somebody else has claimed',
    params: byId,
    answer: Claim,
    problems: ['application.unknown', 'application.closed', 'decision.scheduled', 'account.busy'],
  }),
}

export type ApiClaim = Static<typeof Claim>
