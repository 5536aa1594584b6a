import type { KindName } from '@shenpi/sdk/contract/states'
import { findStanding, getApplication, type Standing } from '../applications/application.store.ts'
import { type ApplicationKey, parseAuditId } from '../applications/application-id.ts'
import { brandQualificationKind } from '../brands/brand-qualification.kind.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'

export interface AuditResult {
  state: Standing['state']
  /** 0 but for a brand that was granted. */
  brandId: number
  /** Why it was rejected; empty otherwise. */
  reason: string
}

/**
 * Read how an application for a category or a brand stands.
 *
 * @throws Problem `audit.unknown`, also for another account's application
 */
export async function readAuditResult(db: Database, accountId: number, auditId: string): Promise<AuditResult> {
  const key = parseAuditId(auditId)
  const standing = key?.accountId === accountId ? await findStanding(db, key) : undefined
  if (!key || !standing || !isAudit(standing)) throw new Problem('audit.unknown')
  const { kind, state, reason } = standing
  const isGrantedBrand = kind === 'brand_qualification' && state === 'approved'
  return {
    state,
    brandId: isGrantedBrand ? await brandIdOf(db, key) : 0,
    reason: state === 'rejected' ? reason : '',
  }
}

/** The kinds of application that the audit calls submit. */
export const AUDITED_KINDS: readonly KindName[] = ['category_qualification', 'brand_qualification']

const isAudit = ({ kind }: Standing): boolean => AUDITED_KINDS.includes(kind)

async function brandIdOf(db: Database, key: ApplicationKey): Promise<number> {
  const readPayload = await brandQualificationKind.payloadReader()
  const { brand_id } = readPayload(await getApplication(db, key))
  return brand_id
}
