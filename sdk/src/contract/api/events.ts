import { endpoint } from '../endpoint.ts'
import { Type } from '../schema.ts'
import { KIND_NAMES } from '../states.ts'
import type { ApiApplication } from './applications.ts'

/** Applications that one stream may watch. */
export const WATCHED_MAX = 100

/** How an application stands, as an event tells it. */
export type WatchedApplication = Pick<ApiApplication, 'id' | 'state' | 'stage' | 'version' | 'claim'>

/** One that came under review. */
export type ArrivedApplication = Pick<ApiApplication, 'id' | 'kind' | 'due_at'>

/** The events of the stream, by name. */
export interface ApplicationEvents {
  application: WatchedApplication
  arrived: ArrivedApplication
}

export const eventEndpoints = {
  watchApplications: endpoint({
    method: 'GET',
    path: '/events',
    access: 'application.read',
    summary:
      'Server-sent events: `application` tells how a watched one stands, first and whenever that changes; `arrived` tells of one that came under review',
    query: Type.Object({
      ids: Type.Optional(
        Type.String({ maxLength: 2400, description: `Whom to watch, parted by commas, at most ${WATCHED_MAX}.` }),
      ),
    }),
    produces: 'text/event-stream',
    answer: Type.Unknown({ description: `Events with JSON; \`kind\` is one of ${KIND_NAMES.join(', ')}.` }),
    problems: ['events.too_many'],
  }),
}
