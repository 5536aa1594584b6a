import { defineQueue } from '../jobs/queue.ts'
import { type DeliveryJob, deliverCallback, RETRY_GAPS_S } from './deliver-callback.ts'
import { toDelivery } from './delivery.store.ts'

/** The deliveries that are still to arrive. */
export const deliveryQueue = defineQueue({
  name: 'deliveries',
  table: 'callback_delivery',
  key: { delivery_no: 'number' },
  waiting: 'pending',
  share: 16,
  // One that waits for its merchant's server costs little more than a socket.
  places: { total: 500, slow: 200, perSlowAccount: 2 },
  // Longer than a delivery can take: DELIVERY_JOB_MAX_MS.
  leaseMs: 30_000,
  retryGapsMs: RETRY_GAPS_S.map((gap) => gap * 1000),
  toJob: (row): DeliveryJob => toDelivery(row),
  run: deliverCallback,
})
