import { api } from '@shenpi/sdk/contract/api'
import type { FastifyReply } from 'fastify'
import { getApplicationInFull } from '../../applications/application-picture.store.ts'
import { findLinkedPicture, type Picture } from '../../pictures/picture.store.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { etagOf, isKnown } from '../document.ts'
import { keyOf } from './applications.routes.ts'
import type { ServeEndpoint } from './endpoint.ts'

export function applicationPicturesRoutes(serve: ServeEndpoint, { db, pictures, reader }: Services): void {
  serve(api.getApplicationPicture, async ({ params: { id, field, position }, reply }) => {
    const application = await getApplicationInFull(db, keyOf(id))
    const linkKey = application.pictures.find((one) => one.field === field && one.position === position)?.linkKey
    const picture = linkKey ? await findLinkedPicture(db, linkKey) : undefined
    const blob = picture && (await pictures.blobs.find(picture.digest))
    if (!blob) throw new Problem('application.picture_unknown')
    const etag = etagOf(Buffer.from(picture.digest))
    setHeaders(reply, picture, etag)
    if (isKnown(etag, reply.request.headers['if-none-match'])) return void reply.code(304)
    reply.header('content-length', picture.bytes)
    return blob.open()
  })

  serve(api.getPictureReading, async ({ params: { id, ...at } }) => {
    if (!reader) throw new Problem('reading.off')
    const { readPicture } = await import('../../readings/read-picture.ts')
    const { state, codes, typed } = await readPicture({ pictures, reader: await reader() }, keyOf(id), at)
    const items = codes.map(({ code, fault = null }) => ({ code, fault, is_typed: typed.includes(code) }))
    return { state, items, typed: [...typed] }
  })
}

/** A browser that has it asks again each time, which takes a session; nobody else's cache keeps it, nothing in it runs, and nothing but a picture is taken for one. */
function setHeaders(reply: FastifyReply, { mediaType }: Pick<Picture, 'mediaType'>, etag: string): void {
  reply
    .header('content-type', mediaType)
    .header('etag', etag)
    .header('cache-control', 'private, no-cache')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', 'same-origin')
}
