import type { FastifyInstance, FastifyReply } from 'fastify'
import { findLinkedPicture } from '../pictures/picture.store.ts'
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
      handler: async (request, reply) => {
        const key = parseLinkKey(request.url.split('?')[0] ?? '')
        return await sendPicture(services, key, reply)
      },
    })
  }
}

export async function sendPicture({ db, pictures }: Services, key: string | undefined, reply: FastifyReply) {
  const picture = key && (await findLinkedPicture(db, key))
  const bytes = picture && (await pictures.blobs.get(picture.digest))
  if (!picture || !bytes) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such picture.')
  return reply
    .header('content-type', picture.mediaType)
    .header('cache-control', `public, max-age=${YEAR_S}, immutable`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(bytes)
}
