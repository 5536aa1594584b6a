import type { ApiDevice, ApiDraw } from '@shenpi/sdk/contract/api'
import { client, queryClient } from './client.ts'

/** A beacon that the phone hears, and how far it is. Unit: metres. */
export interface HeardBeacon extends Pick<ApiDevice, 'device_id' | 'uuid' | 'major' | 'minor' | 'comment'> {
  distance: number
}

export interface Place {
  latitude: number
  longitude: number
}

export type ShownPage = Awaited<ReturnType<typeof shakePhone>>[number]

/** Shake a phone near beacons. Answers the cards that it shows. */
export async function shakePhone(openid: string, heard: readonly HeardBeacon[], position: Place | undefined) {
  const beacons = heard.map(({ uuid, major, minor, distance }) => ({ uuid, major, minor, distance }))
  const { pages } = await client.shake({ body: { openid, beacons, ...(position && { position }) } })
  await readAgain()
  return pages
}

/** Open the card that a shake showed: counts as a click. The page that was made for a lottery draws by itself then. */
export async function openCard({ ticket, lottery_id }: ShownPage): Promise<ApiDraw | undefined> {
  await client.openShakenPage({ params: { ticket } })
  const draw = lottery_id === null ? undefined : await client.drawShakenPacket({ params: { ticket } })
  await readAgain()
  return draw
}

async function readAgain(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['deliveries'] })
}
