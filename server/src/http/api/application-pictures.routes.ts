import { api } from '@shenpi/sdk/contract/api'
import type { FastifyReply } from 'fastify'
import { getApplicationInFull } from '../../applications/application-picture.store.ts'
import { findLinkedPicture, type Picture } from '../../pictures/picture.store.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { keyOf } from './applications.routes.ts'
import type { ServeEndpoint } from './endpoint.ts'

/** How long a browser shows it again without asking, whatever becomes of the session. Unit: seconds. */
const FRESH_S = 300

export function applicationPicturesRoutes(serve: ServeEndpoint, { db, pictures, reader }: Services): void {
  serve(api.getApplicationPicture, async ({ params: { id, field, position }, reply }) => {
    const application = await getApplicationInFull(db, keyOf(id))
    const linkKey = application.pictures.find((one) => one.field === field && one.position === position)?.linkKey
    const picture = linkKey ? await findLinkedPicture(db, linkKey) : undefined
    const blob = picture && (await pictures.blobs.find(picture.digest))
    if (!blob) throw new Problem('application.picture_unknown')
    setHeaders(reply, picture)
    return blob.open()
  })

  serve(api.getPictureReading, async ({ params: { id, ...at } }) => {
    if (!reader) throw new Problem('reading.off')
    const { readPicture } = await import('../../readings/read-picture.ts')
    const { read, typed } = await readPicture({ pictures, reader: await reader() }, keyOf(id), at)
    const items = read.map(({ code, fault = null }) => ({ code, fault, is_typed: typed.includes(code) }))
    return { items, typed: [...typed] }
  })
}

/** Nobody else's cache keeps it, nothing in it runs, and nothing but a picture is taken for one. */
function setHeaders(reply: FastifyReply, { mediaType, bytes }: Pick<Picture, 'mediaType' | 'bytes'>): void {
  reply
    .header('content-type', mediaType)
    .header('content-length', bytes)
    .header('cache-control', `private, max-age=${FRESH_S}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', 'same-origin')
}
