import type { Database } from '../db/open.ts'
import { type Beacon, beaconOf } from '../device-batches/beacon.ts'
import type { LiveBeaconScheme } from '../device-batches/live-beacon-scheme.ts'
import { Problem } from '../problem.ts'
import { countsFor } from '../stores/counts-for.ts'
import type { Clock } from '../time/clock.ts'
import { findBoundStore, findDeviceStore } from './shake.store.ts'
import type { Shakes } from './shake-nearby.ts'
import type { Ticket } from './ticket.ts'

export interface ShakeInfo extends Ticket {
  beacon: Beacon
  /** The store that the device is bound to now; asked for only when it is wanted. */
  poiId: number | undefined
}

/**
 * Who shook, near which beacon, and what was shown: as often as the merchant asks while the ticket is good.
 * Source: docs/protocol/shakearound.md, user/getshakeinfo.
 *
 * @throws Problem `ticket.invalid` for another account's ticket too.
 */
export async function getShakeInfo(
  parts: { db: Database; clock: Clock; shakes: Shakes; beaconScheme: LiveBeaconScheme },
  { accountId, ticket: text, withStore }: { accountId: number; ticket: string; withStore: boolean },
): Promise<ShakeInfo> {
  const { clock, shakes, beaconScheme } = parts
  const ticket = shakes.tickets.open(text, clock)
  if (ticket?.accountId !== accountId) throw new Problem('ticket.invalid')
  await beaconScheme.cover(ticket.deviceId)
  const beacon = beaconOf(ticket.deviceId, beaconScheme)
  return { ...ticket, beacon, poiId: withStore ? await poiIdOf(parts, ticket) : undefined }
}

async function poiIdOf({ db, shakes }: { db: Database; shakes: Shakes }, ticket: Ticket): Promise<number | undefined> {
  const owner = await shakes.owners.find(ticket.deviceId)
  const store = owner && (await findBoundStore(db, owner.range, await findDeviceStore(db, ticket)))
  return store && countsFor(ticket.accountId, store) ? store.poiId : undefined
}
