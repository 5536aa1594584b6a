import type { Beacon } from '../device-batches/beacon.ts'
import { distanceBetween, type Position } from './great-circle.ts'

/** Within so many metres of its store a device is shown before others. Source: docs/protocol/shakearound.md, Model. */
const STORE_RADIUS_M = 1000

/** A device of an account that a phone hears. */
export interface HeardDevice extends Beacon {
  accountId: number
  deviceId: number
  /** Metres. */
  distance: number
}

export interface ShakePage {
  pageId: number
  title: string
  description: string
  pageUrl: string
  iconUrl: string
  /** Null for a page that was not made for a lottery. */
  lotteryNo: number | null
}

/** A page that may be shown, and the device that brings it. */
export interface Card<Device extends HeardDevice = HeardDevice> {
  device: Device
  page: ShakePage
  /** The phone is within 1 km of the device's store. */
  nearStore: boolean
}

/** One of a device's pages, each as likely as the others. @param random from 0 up to but not including 1 */
export function choosePage<Page>(pages: readonly Page[], random: () => number): Page | undefined {
  return pages[Math.floor(random() * pages.length)]
}

export function isNearStore(phone: Position, store: Position): boolean {
  return distanceBetween(phone, store) <= STORE_RADIUS_M
}

/**
 * The cards in the order in which the phone shows them: those of stores nearby first, then by the distance of the beacon.
 * A page that several devices bring is shown once, for the first of them.
 */
export function orderCards<Device extends HeardDevice>(cards: readonly Card<Device>[]): Card<Device>[] {
  const shown = new Map<string, Card<Device>>()
  const order = (a: Card, b: Card) => Number(b.nearStore) - Number(a.nearStore) || a.device.distance - b.device.distance
  for (const card of [...cards].sort(order)) {
    const page = `${card.device.accountId}/${card.page.pageId}`
    if (!shown.has(page)) shown.set(page, card)
  }
  return [...shown.values()]
}

/**
 * A page's link with the ticket in its query: behind the arguments that are there, before the fragment.
 *
 * @example
 * withTicket('https://example.com/p?a=1#top', 'f00d') // 'https://example.com/p?a=1&ticket=f00d#top'
 */
export function withTicket(pageUrl: string, ticket: string): string {
  const hash = pageUrl.indexOf('#')
  const link = hash < 0 ? pageUrl : pageUrl.slice(0, hash)
  const fragment = hash < 0 ? '' : pageUrl.slice(hash)
  const joint = !link.includes('?') ? '?' : /[?&]$/.test(link) ? '' : '&'
  return `${link}${joint}ticket=${ticket}${fragment}`
}
