import { api } from '@shenpi/sdk/contract/api'
import type { Services } from '../../services.ts'
import { openPage } from '../../shakes/open-page.ts'
import { shakeNearby } from '../../shakes/shake-nearby.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toShownPage } from './shakes.presenter.ts'

export function shakesRoutes(serve: ServeEndpoint, services: Services): void {
  serve(api.shake, async ({ body }) => ({ pages: (await shakeNearby(services, body)).map(toShownPage) }))

  serve(api.openShakenPage, async ({ params }) => {
    const { pageId, deviceId } = openPage(services, params.ticket)
    return { page_id: pageId, device_id: deviceId }
  })
}
