import { type Beacon, type BeaconScheme, deviceIdOf } from '../device-batches/beacon.ts'
import { drawShare, type Entropy } from '../entropy/entropy.ts'
import type { ShakeTally } from '../statistics/shake-tally.ts'
import { hashVisitor } from '../statistics/visitor-sketch.ts'
import type { Clock } from '../time/clock.ts'
import type { BindingCache } from './binding-cache.ts'
import type { DeviceOwner, DeviceOwners } from './device-owners.ts'
import type { Position } from './great-circle.ts'
import { type Card, choosePage, type HeardDevice, isNearStore, orderCards } from './shake.ts'
import { shakeEventFields } from './shake-event.presenter.ts'
import type { TicketSeal } from './ticket.ts'

const SHAKE_EVENT = 'ShakearoundUserShake'

/** What shaking needs besides the database. */
export interface Shakes {
  owners: DeviceOwners
  bindings: BindingCache
  tickets: TicketSeal
  tally: ShakeTally
}

export interface Shake {
  openid: string
  beacons: readonly (Beacon & { distance: number })[]
  position?: Position | undefined
}

/** A card as the phone shows it. */
export interface ShownCard extends Card {
  appid: string
  ticket: string
}

interface Parts {
  clock: Clock
  entropy: Entropy
  shakes: Shakes
  beaconScheme: BeaconScheme
}

/** What a phone shows that was shaken near beacons. Nothing is written before it is answered: the tally follows. */
export async function shakeNearby({ clock, entropy, shakes, beaconScheme }: Parts, shake: Shake): Promise<ShownCard[]> {
  const { owners, bindings, tickets, tally } = shakes
  const heard = await listHeard(owners, shake.beacons, beaconScheme)
  const shown = orderCards(await dealCards({ bindings, entropy }, heard, shake.position))

  const { openid } = shake
  const visitor = hashVisitor(openid)
  const answer: ShownCard[] = []
  for (const card of shown) {
    const { accountId, deviceId, distance, owner } = card.device
    const { pageId } = card.page
    const at = clock.now(accountId)
    tally.count('shake', { accountId, deviceId, pageId, visitor, at })
    if (shown.length === 1) announceShake(tally, card, heard, { openid, at })
    const ticket = tickets.seal({ accountId, deviceId, pageId, openid, distance, shakenAt: at }, entropy)
    answer.push({ ...card, appid: owner.account.appid, ticket })
  }
  return answer
}

type Heard = HeardDevice & { owner: DeviceOwner }

/** Promise the owner of the card's device an event that tells of the shake. */
function announceShake(
  tally: ShakeTally,
  { device }: Card<Heard>,
  heard: readonly Heard[],
  { openid, at }: { openid: string; at: Date },
): void {
  // It belongs to the batch that the device came with.
  const { applicationNo } = device.owner.range
  tally.announce(device.accountId, openid, {
    applicationNo,
    name: SHAKE_EVENT,
    fields: shakeEventFields(device, heard),
    at,
  })
}

/** The devices behind the beacons, each once and as near as it was heard. Beacons that are nobody's are passed over. */
async function listHeard(owners: DeviceOwners, beacons: Shake['beacons'], scheme: BeaconScheme): Promise<Heard[]> {
  const nearest = new Map<number, Shake['beacons'][number]>()
  for (const beacon of beacons) {
    const deviceId = deviceIdOf(beacon, scheme)
    if (deviceId === undefined) continue
    const before = nearest.get(deviceId)
    if (!before || beacon.distance < before.distance) nearest.set(deviceId, beacon)
  }
  const heard: Heard[] = []
  for (const [deviceId, { uuid, major, minor, distance }] of nearest) {
    const owner = await owners.find(deviceId)
    if (!owner) continue
    const { accountId } = owner.range
    heard.push({ accountId, deviceId, uuid: uuid.toUpperCase(), major, minor, distance: toMillimetre(distance), owner })
  }
  return heard
}

/** As exact as a ticket holds it, so that everyone is told the same. */
const toMillimetre = (metres: number) => Math.round(metres * 1000) / 1000

/** The cards that devices bring: one of each one's pages, at random. A device without a page brings none. */
async function dealCards(
  { bindings, entropy }: { bindings: BindingCache; entropy: Entropy },
  heard: readonly Heard[],
  phone: Position | undefined,
): Promise<Card<Heard>[]> {
  const cards: Card<Heard>[] = []
  for (const [accountId, devices] of Map.groupBy(heard, (device) => device.accountId)) {
    const ids = devices.map(({ deviceId }) => deviceId)
    const pages = await bindings.pagesOf(accountId, ids)
    for (const device of devices) {
      const page = choosePage(pages.get(device.deviceId) ?? [], () => drawShare(entropy, accountId, 'page'))
      if (!page) continue
      const store = phone && (await bindings.storeOf(device.owner.range, page))
      cards.push({ device, page, nearStore: !!phone && !!store?.position && isNearStore(phone, store.position) })
    }
  }
  return cards
}
