import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findLinkedPicture, type Picture } from '../pictures/picture.store.ts'
import { parseLinkKey } from '../pictures/picture-link.ts'
import type { Services } from '../services.ts'

const YEAR_S = 365 * 24 * 60 * 60

/** The pictures behind the links that the wire hands out. Whoever has a link may see its picture. */
export function pictureRoutes(app: FastifyInstance, services: Services): void {
  for (const path of [
    '/wx_shake_bus/0/:key/0',
    '/wechat_shakearound_pic/0/:key/120',
    '/p/:appid/:key',
    '/mmbiz/:key/0',
  ]) {
    app.route({
      method: ['GET', 'HEAD'],
      url: path,
      handler: (request, reply) => sendPicture(services, request, reply),
    })
  }
}

/** A HEAD reads no file: only that somebody's GET finds damaged after it was written in full it does not know yet. */
async function sendPicture({ db, pictures }: Services, request: FastifyRequest, reply: FastifyReply) {
  const key = parseLinkKey(request.url.split('?')[0] ?? '')
  const picture = key && (await findLinkedPicture(db, key))
  if (!picture) return sendNone(reply)
  if (request.method === 'HEAD') {
    const isThere = (await pictures.blobs.sizeOf(picture.digest)) === picture.bytes
    return isThere ? withHeaders(reply, picture).send() : sendNone(reply)
  }
  const blob = await pictures.blobs.find(picture.digest)
  return blob ? withHeaders(reply, picture).send(blob.open()) : sendNone(reply)
}

const sendNone = (reply: FastifyReply) =>
  reply.code(404).type('text/plain; charset=utf-8').send('There is no such picture.')

const withHeaders = (reply: FastifyReply, { mediaType, bytes }: Pick<Picture, 'mediaType' | 'bytes'>) =>
  reply
    .header('content-type', mediaType)
    .header('content-length', bytes)
    .header('cache-control', `public, max-age=${YEAR_S}, immutable`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
