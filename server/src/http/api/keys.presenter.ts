import type { ApiKeyDetails } from '@shenpi/sdk/contract/api'
import type { ApiKey } from '../../keys/api-key.ts'

export function toKey({ name, roles, createdAt, createdBy, endsAt, lastUsedAt, revokedAt }: ApiKey): ApiKeyDetails {
  return {
    name,
    roles: [...roles],
    created_at: createdAt.toISOString(),
    created_by: createdBy,
    ends_at: endsAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
    revoked_at: revokedAt?.toISOString() ?? null,
  }
}
