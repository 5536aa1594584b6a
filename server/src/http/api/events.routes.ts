import { PassThrough } from 'node:stream'
import { api, WATCHED_MAX } from '@shenpi/sdk/contract/api'
import type { ApplicationEvents } from '@shenpi/sdk/contract/api/events'
import { actorKey } from '../../actors/actor.ts'
import { parseApplicationId } from '../../applications/application-id.ts'
import type { ApplicationWatch, Listener } from '../../events/application-watch.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { admit } from '../caller.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toArrived, toWatched } from './events.presenter.ts'

/** Streams that a server has open at once. */
const STREAMS_MAX = 500
/** Of them, of one person or key. */
const STREAMS_OF_ONE_MAX = 20
/** What a listener may have left unread before its stream ends: it comes again. Unit: bytes. */
const UNREAD_MAX_BYTES = 256 * 1024
/** Looks between two signs of life, for proxies that end still connections. */
const QUIET_LOOKS = 15

export function eventsRoutes(serve: ServeEndpoint, services: Services): void {
  serve(api.watchApplications, async ({ actor, query: { ids = '' }, reply }) => {
    const watch = await services.watch()
    const isFull = watch.size >= STREAMS_MAX || watch.countOf(actorKey(actor)) >= STREAMS_OF_ONE_MAX
    if (isFull) throw new Problem('events.too_many')
    const keys = ids.split(',').slice(0, WATCHED_MAX)
    const stream = new PassThrough()
    const tell = <E extends keyof ApplicationEvents>(event: E, data: ApplicationEvents[E]) => {
      stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    }
    let looks = 0
    const listener: Listener = {
      actorKey: actorKey(actor),
      keys: keys.flatMap((id) => parseApplicationId(id) ?? []),
      tellChanged: (row) => tell('application', toWatched(row, actor)),
      tellArrived: (row) => tell('arrived', toArrived(row)),
      async goOn() {
        looks += 1
        if (looks % QUIET_LOOKS === 0) stream.write(': still here\n\n')
        if (stream.readableLength + stream.writableLength > UNREAD_MAX_BYTES) return false
        return await admit(services, api.watchApplications.access, reply.request).then(Boolean, () => false)
      },
      end: () => void stream.end(),
    }
    listen(watch, listener, stream)
    reply.header('x-accel-buffering', 'no')
    return stream
  })
}

function listen(watch: ApplicationWatch, listener: Listener, stream: PassThrough): void {
  // At once, so that the client knows that it is heard.
  stream.write('retry: 3000\n\n')
  stream.once('close', () => watch.remove(listener))
  watch.add(listener)
}
