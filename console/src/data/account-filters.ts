import {
  ACCOUNT_FILTERS,
  type AccountFilter,
  DELIVERY_STATES,
  DEVICE_FILTERS,
  type DeliveryState,
  type DeviceFilter,
} from '@shenpi/sdk/contract/states'
import { appidIn, oneOf, textIn, withoutNothing } from './filters.ts'

const SOUGHT_MAX = 100

/** What the list of accounts shows, as the URL says it. */
export interface AccountFilters {
  q?: string
  having?: AccountFilter
}

export const parseAccountFilters = ({ q, having }: Record<string, unknown>): AccountFilters => {
  const sought = textIn(q, SOUGHT_MAX)
  // What the matter with one is, is asked of all.
  return withoutNothing({ q: sought, having: sought ? undefined : oneOf(ACCOUNT_FILTERS, having) })
}

/** What the devices of an account show; one of the three. */
export interface DeviceFilters {
  q?: string
  having?: DeviceFilter
  /** The application that gave the batch. */
  batch?: string
}

export function parseDeviceFilters({ q, having, batch }: Record<string, unknown>): DeviceFilters {
  const sought = textIn(q, SOUGHT_MAX)
  if (sought) return { q: sought }
  const ofBatch = typeof batch === 'string' && /^\d{1,10}-\d{1,10}$/.test(batch) ? batch : undefined
  return withoutNothing({ batch: ofBatch, having: ofBatch ? undefined : oneOf(DEVICE_FILTERS, having) })
}

/** What the callbacks show. */
export interface DeliveryFilters {
  state?: DeliveryState
  event?: string
  appid?: string
  /** Times of ISO 8601. */
  from?: string
  until?: string
}

export function parseDeliveryFilters({ state, event, appid, from, until }: Record<string, unknown>): DeliveryFilters {
  return withoutNothing({
    state: oneOf(DELIVERY_STATES, state),
    event: typeof event === 'string' && /^\w{1,64}$/.test(event) ? event : undefined,
    appid: appidIn(appid),
    from: timeIn(from),
    until: timeIn(until),
  })
}

const timeIn = (sought: unknown): string | undefined =>
  typeof sought === 'string' &&
  /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(sought) &&
  !Number.isNaN(Date.parse(sought))
    ? sought
    : undefined
