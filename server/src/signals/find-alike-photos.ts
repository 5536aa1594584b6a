import type { Kysely } from 'kysely'
import { findApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import { toApplicationId } from '../applications/application-id.ts'
import type { DigestedPicture } from '../applications/list-digests.ts'
import type { Schema } from '../db/schema.ts'
import { ALIKE_MAX, bandsOf, distanceOf, type PhotoLook, parsePhotoValue, photoOf } from '../traces/photo-look.ts'
import type { Trace } from '../traces/trace.ts'
import { isTelling, type LinkedApplication, type Signal } from './signal.ts'
import { listBeginning } from './traced-application.store.ts'

/** Candidates of one quarter of a look, and applications that are told of one photo, the most alike. Our choice. */
const CANDIDATES_MAX = 200
const LINKS_MAX = 20

/** Find applications of others with photos that look like those of an application, but for those that are the same. */
export async function findAlikePhotos(
  db: Kysely<Schema>,
  application: Application,
  traces: readonly Trace[],
  pictures: readonly DigestedPicture[],
): Promise<Signal[]> {
  const photos = new Map(
    traces.filter(({ kind }) => kind === 'photo').map(({ value }) => [parsePhotoValue(value).photo, value]),
  )
  return await Promise.all(
    [...photos].map(async ([photo, value]) => {
      const { applications, more } = await findAlike(db, application, parsePhotoValue(value).look, photo)
      const ours = pictures.filter(({ digest }) => digest && photoOf(digest) === photo)
      return { kind: 'photo', value: photo, pictures: ours, applications, more } as const
    }),
  )
}

async function findAlike(
  db: Kysely<Schema>,
  application: Application,
  look: PhotoLook,
  photo: string,
): Promise<{ applications: LinkedApplication[]; more: boolean }> {
  const bands = await Promise.all(
    bandsOf(look).map((band) => listBeginning(db, { kind: 'photo', value: `${band}:` }, CANDIDATES_MAX)),
  )
  const nearest = new Map<string, { accountId: number; applicationNo: number; distance: number }>()
  for (const { value, accountId, applicationNo } of bands.flat()) {
    const candidate = parsePhotoValue(value)
    const distance = distanceOf(look, candidate.look)
    const id = toApplicationId({ accountId, applicationNo })
    const isAlike = candidate.photo !== photo && distance <= ALIKE_MAX
    if (isAlike && distance < (nearest.get(id)?.distance ?? Number.POSITIVE_INFINITY)) {
      nearest.set(id, { accountId, applicationNo, distance })
    }
  }
  const sorted = [...nearest.values()].toSorted((one, other) => one.distance - other.distance)
  const found = await Promise.all(
    sorted.slice(0, LINKS_MAX).map(async ({ distance, ...key }) => {
      const other = await findApplication(db, key)
      return other && isTelling(application, other) ? [{ ...other, distance }] : []
    }),
  )
  const more = sorted.length > LINKS_MAX || bands.some(({ length }) => length === CANDIDATES_MAX)
  return { applications: found.flat(), more }
}
