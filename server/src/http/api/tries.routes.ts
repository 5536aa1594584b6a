import type { ApiComparison, ApiTries } from '@shenpi/sdk/contract/api'
import { api } from '@shenpi/sdk/contract/api'
import type { Application } from '../../applications/application.ts'
import { toApplicationId } from '../../applications/application-id.ts'
import type { Services } from '../../services.ts'
import { toIsoTime } from '../../time/iso-time.ts'
import { readTries, type Tries } from '../../tries/read-tries.ts'
import { keyOf } from './applications.routes.ts'
import type { ServeEndpoint } from './endpoint.ts'

export function triesRoutes(serve: ServeEndpoint, { db }: Services): void {
  serve(api.getTries, async ({ params, query }) => {
    const withKey = query.compare_with === undefined ? undefined : keyOf(query.compare_with)
    const { earlier, more, compared } = await readTries(db, keyOf(params.id), withKey)
    return { items: earlier.map(toTry), more, comparison: compared ? toComparison(compared) : null }
  })
}

const toTry = (application: Application): ApiTries['items'][number] => ({
  id: toApplicationId(application),
  state: application.state,
  applied_at: toIsoTime(application.appliedAt),
  decided_at: application.decidedAt && toIsoTime(application.decidedAt),
  reason: application.reason,
  fields: [...application.rejectedFields],
})

function toComparison({ with: other, fields, pictures }: NonNullable<Tries['compared']>): ApiComparison {
  return {
    id: toApplicationId(other),
    fields: fields.map((field) => ({
      ...field,
      old: field.old ?? null,
      new: field.new ?? null,
      named: other.rejectedFields.includes(field.field),
    })),
    pictures,
  }
}
