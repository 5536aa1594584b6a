import type { Kysely } from 'kysely'
import { type ApplicationKey, toApplicationId } from '../applications/application-id.ts'
import type { DigestedPicture } from '../applications/list-digests.ts'
import type { Schema } from '../db/schema.ts'
import { listLooks } from '../traces/photo-look.store.ts'
import { ALIKE_MAX, distanceOf, type PhotoLook, photoTraces } from '../traces/photo-look.ts'
import type { LinkedApplication, Signal } from './signal.ts'
import { listSharing } from './traced-application.store.ts'

/** Candidates of one quarter of a look, and applications that are told of one photo, the most alike. Our choice. */
const CANDIDATES_MAX = 50
const LINKS_MAX = 20

/** Find applications of others with photos that look like those of an application, but for those that are the same. */
export async function findAlikePhotos(
  db: Kysely<Schema>,
  application: ApplicationKey,
  pictures: readonly DigestedPicture[],
): Promise<Signal[]> {
  const photos = await listLooks(db, application)
  return await Promise.all(
    photos.map(async ({ digest, look }) => {
      const { applications, more } = await findAlike(db, application, digest, look)
      const ours = pictures.filter((picture) => picture.digest === digest)
      return { kind: 'photo', value: digest, pictures: ours, applications, more } as const
    }),
  )
}

async function findAlike(
  db: Kysely<Schema>,
  application: ApplicationKey,
  digest: string,
  look: PhotoLook,
): Promise<{ applications: LinkedApplication[]; more: boolean }> {
  const page = { belowId: Number.MAX_SAFE_INTEGER, limit: CANDIDATES_MAX }
  const found = await Promise.all(photoTraces(look).map((trace) => listSharing(db, trace, page)))
  const candidates = new Map(found.flat().map((candidate) => [toApplicationId(candidate), candidate]))
  const linked = await Promise.all(
    [...candidates.values()]
      .filter(({ accountId }) => accountId !== application.accountId)
      .map(async (candidate) => {
        const others = (await listLooks(db, candidate)).filter((photo) => photo.digest !== digest)
        return { ...candidate, distance: Math.min(...others.map((photo) => distanceOf(look, photo.look))) }
      }),
  )
  const alike = linked.filter(({ distance }) => distance <= ALIKE_MAX)
  const nearest = alike.toSorted((one, other) => one.distance - other.distance)
  const more = nearest.length > LINKS_MAX || found.some(({ length }) => length === CANDIDATES_MAX)
  return { applications: nearest.slice(0, LINKS_MAX), more }
}
