import { api } from '@shenpi/sdk/contract/api'
import { listKeys } from '../../keys/api-key.store.ts'
import { createKey } from '../../keys/create-key.ts'
import { revokeKey } from '../../keys/revoke-key.ts'
import type { Services } from '../../services.ts'
import { parseTextCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toKey } from './keys.presenter.ts'
import { assertRecent } from './recent-sign-in.ts'

const LIMIT = 50

export function keysRoutes(serve: ServeEndpoint, services: Services): void {
  serve(api.listKeys, async ({ query: { limit = LIMIT, cursor, created_by: createdBy } }) => {
    const keys = await listKeys(services.db, { limit, after: cursor && parseTextCursor(cursor), createdBy })
    const last = keys.at(limit - 1)
    return { items: keys.map(toKey), next_cursor: last ? toCursor([last.name]) : null }
  })

  serve(api.createKey, async ({ actor, body: { name, roles, ends_at }, reply }) => {
    assertRecent(reply.request, services.clock.machine())
    const endsAt = ends_at === undefined ? null : new Date(ends_at)
    const { apiKey, key } = await createKey(services, { name, roles, endsAt, actor })
    return { ...toKey(apiKey), key }
  })

  serve(api.revokeKey, async ({ actor, params }) => toKey(await revokeKey(services, params.name, actor)))
}
