import { largestBodies } from './attacks/bodies.ts'
import { hoggedConnections } from './attacks/connections.ts'
import { heldJournal } from './attacks/journal.ts'
import { pictureBombs } from './attacks/pictures.ts'
import { deadNameserver, hangingReceivers } from './attacks/receivers.ts'
import type { Attack } from './target.ts'

const single = {
  nameserver: deadNameserver,
  'receivers-4x60': hangingReceivers(4, 60),
  'receivers-8x100': hangingReceivers(8, 100),
  'receivers-50x20': hangingReceivers(50, 20),
  pictures: pictureBombs,
  bodies: largestBodies,
  connections: hoggedConnections,
  journal: heldJournal,
} satisfies Record<string, Attack>

/** All at once; of those that hang, the ones with the most deliveries. */
const together: Attack = async (target) => {
  const { nameserver, 'receivers-8x100': receivers, pictures, bodies, connections, journal } = single
  const begin = await Promise.all([nameserver, receivers, pictures, bodies, connections, journal].map((a) => a(target)))
  return async () => {
    await Promise.all(begin.map((each) => each()))
  }
}

export const ATTACKS: Readonly<Record<string, Attack>> = { ...single, all: together }
