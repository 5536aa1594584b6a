import { ROLES, type Role } from '@shenpi/sdk/contract/states'
import { drawSecret } from '../entropy/draw-secret.ts'

/** A key of the native API. The key itself is not kept, only its hash. */
export interface ApiKey {
  /** Unique for good, as the trail names who acted by it. */
  name: string
  roles: readonly Role[]
  createdAt: Date
  /** Who made it, as the trail has it; `server` for those of a first start. */
  createdBy: string
  /** When it ends by itself. */
  endsAt: Date | null
  /** To about five minutes. */
  lastUsedAt: Date | null
  revokedAt: Date | null
}

/** The beginning of a key that a server drew. */
const DRAWN = 'shenpi_'

export const drawKey = (): string => `${DRAWN}${drawSecret(32).toString('base64url')}`

/** Whether a server drew the key, rather than that an operator wrote it. */
export const isDrawnKey = (key: string | undefined): boolean => key?.startsWith(DRAWN) ?? false

/** The first key may do whatever anybody may. */
export const EVERY_ROLE: readonly Role[] = ROLES

export const isUsable = ({ revokedAt, endsAt }: ApiKey, now: Date): boolean =>
  revokedAt === null && (endsAt === null || now < endsAt)
