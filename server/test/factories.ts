import sharp from 'sharp'
import { aBatch } from 'shenpi-conformance/requests'
import type { Application, Decision } from '../src/applications/application.ts'
import { NOON } from './test-clock.ts'

// Requests of the wire are made by the conformance package.
export { aBatch, aBrand, aCategory, aRegistration, aStore } from 'shenpi-conformance/requests'

export async function aPicture({
  format = 'png',
  width = 120,
  height = 120,
  background = { r: 200, g: 30, b: 30 },
}: {
  format?: 'png' | 'jpeg' | 'gif' | 'webp'
  width?: number
  height?: number
  background?: { r: number; g: number; b: number }
} = {}): Promise<Buffer> {
  return await sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer()
}

/** A picture as a file of a form, with the media type that its part declares. */
export const aFile = (bytes: Buffer, type = 'image/png'): Blob => new Blob([new Uint8Array(bytes)], { type })

/** An application under review, as the rules see it. */
export const anApplication = (changes: Partial<Application> = {}): Application => ({
  accountId: 1,
  applicationNo: 1,
  kind: 'device_batch',
  subject: 'device_batch',
  state: 'under_review',
  payload: aBatch({ poi_id: 0 }),
  version: 1,
  appliedAt: NOON,
  dueAt: NOON,
  decidedAt: null,
  decidedBy: null,
  reason: '',
  resubmissionOf: null,
  stage: 'open',
  claim: null,
  rejectedFields: [],
  ...changes,
})

export const aDecision = (changes: Partial<Decision> = {}): Decision => ({
  move: 'approve',
  actor: 'staff:han',
  reason: '',
  at: NOON,
  ...changes,
})

/** Submissions as the edges hand them to the use case. */
export const aBatchOf = (accountId: number, quantity = 501) => ({
  accountId,
  kind: 'device_batch' as const,
  payload: { quantity, apply_reason: 'shop floor', comment: 'floor 1', poi_id: 0 },
})

export const aCategoryOf = (accountId: number, level3 = 7448) => ({
  accountId,
  kind: 'category_qualification' as const,
  payload: { level1: 7419, level2: 7439, level3, scene_group_list: [1] },
})
