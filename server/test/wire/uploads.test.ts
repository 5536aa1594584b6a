import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { pictures } from '@shenpi/sdk/contract/wire/pictures'
import { aForm, aMultipart, MEDIA } from 'shenpi-conformance/files/multipart'
import { DATABASES } from '../databases.ts'
import { aPicture } from '../factories.ts'
import { listen } from '../listener.ts'
import type { WireClient } from '../start-server.ts'
import { until } from '../until.ts'
import { accepted, ask } from './ask.ts'
import type { WireRequest } from './exchange.ts'
import { createWorld, type World } from './world.ts'

const { materialAdd } = pictures
const { imgUpload } = pictures
const { mediaUploadImg } = pictures

for (const kind of DATABASES) {
  describe(`how pictures may arrive on ${kind.name}`, () => {
    let world: World
    before(async () => {
      world = await createWorld(kind)
    })
    after(() => world[Symbol.asyncDispose]())

    describe('uploads', () => {
      const png = () => aPicture()

      /** Source: docs/protocol/conventions.md, reading, R10. */
      const heads: readonly (readonly [name: string, head: readonly string[]])[] = [
        ['as a browser sends it', [MEDIA, 'Content-Type: image/png']],
        ['without a Content-Type', [MEDIA]],
        ['as application/octet-stream', [MEDIA, 'Content-Type: application/octet-stream']],
        ['with a Content-Length', [MEDIA, 'Content-Type: image/png', 'Content-Length: 1234']],
        ['with a Content-Length and no Content-Type', ['Content-Length: 1234', MEDIA]],
        ['in capitals', [MEDIA.replace('Content-Disposition', 'CONTENT-DISPOSITION'), 'CONTENT-TYPE: IMAGE/PNG']],
        ['with a Content-Transfer-Encoding', [MEDIA, 'Content-Type: image/png', 'Content-Transfer-Encoding: binary']],
        ['without a file name', ['Content-Disposition: form-data; name="media"', 'Content-Type: image/png']],
        ['without a file name and a Content-Type', ['Content-Disposition: form-data; name="media"']],
        ['with a length in its disposition', [`${MEDIA}; filelength=1234`, 'Content-Type: image/png']],
        [
          'with a file name in Chinese',
          ['Content-Disposition: form-data; name="media"; filename="图 片.png"', 'Content-Type: image/png'],
        ],
        [
          'with a path for a file name',
          ['Content-Disposition: form-data; name="media"; filename="../../etc/passwd"', 'Content-Type: image/png'],
        ],
        [
          'with a name that is not quoted',
          ['Content-Disposition: form-data; name=media; filename=a.png', 'Content-Type: image/png'],
        ],
      ]
      for (const [name, head] of heads) {
        test(`a part ${name}`, async () => {
          const body = await png()
          const added = accepted(
            await ask(world, materialAdd, world.newcomer, { query: 'type=icon', ...aMultipart({ head, body }) }),
          )
          assert.match(
            added.data.pic_url,
            /^http:\/\/127\.0\.0\.1:\d+\/wechat_shakearound_pic\/0\/\d{10}[0-9a-f]{32}\/120$/,
          )
          const uploaded = accepted(await ask(world, imgUpload, world.newcomer, aMultipart({ head, body })))
          assert.match(uploaded.img_info.media_id, /^wxashop_[A-Za-z0-9_-]+$/)
        })
      }

      for (const type of ['image/jpeg', 'image/pjpeg', 'IMAGE/JPEG; x=y', 'image/png', 'image/*', 'text/plain', 'x']) {
        test(`a JPEG that says ${type}`, async () => {
          const body = aForm(await aPicture({ format: 'jpeg' }), type)
          accepted(await ask(world, materialAdd, world.newcomer, { body }))
          accepted(await ask(world, imgUpload, world.newcomer, { body }))
        })
      }

      test('a GIF as an icon and as a document', async () => {
        for (const query of ['type=icon', 'type=license']) {
          accepted(
            await ask(world, materialAdd, world.newcomer, {
              query,
              body: aForm(await aPicture({ format: 'gif' }), 'image/gif'),
            }),
          )
        }
      })

      test('an icon of 200 pixels; a document of any shape', async () => {
        const icon = accepted(
          await ask(world, materialAdd, world.newcomer, { body: aForm(await aPicture({ width: 200, height: 200 })) }),
        )
        assert.match(icon.data.pic_url, /wechat_shakearound_pic/)
        const wide = aForm(await aPicture({ width: 1201, height: 7 }))
        const license = accepted(
          await ask(world, materialAdd, world.newcomer, { query: 'x=&type=license', body: wide }),
        )
        assert.match(license.data.pic_url, /\/wx_shake_bus\/0\/\d{10}[0-9a-f]{32}\/0$/)
      })

      test('fields beside the file, before and after it', async () => {
        const part = (name: string, value: string) => ({
          head: [`Content-Disposition: form-data; name="${name}"`],
          body: value,
        })
        const file = { head: [MEDIA, 'Content-Type: image/png'], body: await png() }
        for (const form of [
          aMultipart(part('resp_type', '1'), part('upload_type', '0'), file),
          aMultipart(file, part('upload_type', '0'), part('resp_type', '1')),
        ]) {
          assert.ok(accepted(await ask(world, imgUpload, world.newcomer, form)).img_info.temp_img_url)
        }
      })

      test('the first file named `media`, whatever other files stand before and after it', async () => {
        const head = (name: string) => [
          `Content-Disposition: form-data; name="${name}"; filename="a.png"`,
          'Content-Type: image/png',
        ]
        const media = { head: head('media'), body: await png() }
        const other = { head: head('attachment'), body: 'no picture' }
        const second = { head: head('media'), body: 'no picture either' }
        const form = aMultipart(other, media, other, second)
        assert.ok(accepted(await ask(world, imgUpload, world.newcomer, form)).img_info.media_id)
        assert.ok(accepted(await ask(world, materialAdd, world.newcomer, form)).data.pic_url)
      })

      /** Source: docs/protocol/shops.md, img/upload; conventions.md, reading, R11. */
      const places: readonly (readonly [name: string, request: (args: Record<string, string>) => WireRequest])[] = [
        ['form fields without a file', (args) => ({ body: aForm(undefined, '', args) })],
        ['the query with JSON {}', (args) => ({ query: String(new URLSearchParams(args)), body: {} })],
        ['the query without a body', (args) => ({ query: String(new URLSearchParams(args)) })],
        [
          'the query, the link not URL-encoded',
          (args) => ({
            query: Object.entries(args)
              .map((pair) => pair.join('='))
              .join('&'),
            body: {},
          }),
        ],
        ['JSON', (args) => ({ body: args })],
        ['JSON with numbers', ({ img_url }) => ({ body: { img_url, upload_type: 1, resp_type: 1 } })],
        [
          'JSON that says it is a form',
          (args) => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: JSON.stringify(args) }),
        ],
        [
          'form fields that win over the query',
          (args) => ({ query: 'resp_type=0&upload_type=0', body: aForm(undefined, '', args) }),
        ],
      ]
      for (const [name, request] of places) {
        test(`a link exchanged by ${name}`, async () => {
          const args = { upload_type: '1', resp_type: '1', img_url: world.stranger.picture }
          const { img_info } = accepted(await ask(world, imgUpload, world.newcomer, request(args)))
          assert.match(img_info.temp_img_url, new RegExp(`/p/${world.newcomer.appid}/\\d{10}[0-9a-f]{32}$`))
          assert.deepEqual([img_info.media_id, img_info.pay_media_id], ['', ''])
        })
      }

      test('ten links of an account at once, and those of another account', async () => {
        const held: ServerResponse[] = []
        await using site = await listen((_, response) => held.push(response))
        const body = { upload_type: 1, img_url: `http://127.0.0.1:${site.port}/a.png` }
        const upload = (member: WireClient) => member.post(imgUpload.path, body)
        const first = Array.from({ length: 10 }, () => upload(world.newcomer))
        await until(() => held.length === 10)
        const { errcode, errmsg } = (await upload(world.newcomer)).json
        assert.equal(errcode, 300000)
        assert.match(errmsg, /^instantaneous frequency too high: more than 10 links are being fetched at once rid: /)
        const others = upload(world.stranger)
        await until(() => held.length === 11)

        const picture = await png()
        for (const response of held.splice(0)) response.end(picture)
        for (const { json } of await Promise.all([...first, others])) assert.equal(json.errcode, 0)
        const next = upload(world.newcomer)
        await until(() => held.length === 1)
        held[0]?.end(picture)
        assert.equal((await next).json.errcode, 0)
      })

      const linkTo = (path: string) => ({ body: { upload_type: 1, img_url: `${world.site.url}${path}` } })
      const refusals = [
        [
          'a store’s photo of 3,000,000 bytes',
          mediaUploadImg,
          () => ({ body: aForm(Buffer.alloc(3_000_000)) }),
          'invalid image size: the picture has 3000000 bytes, at most 1048576 (1 MB) are taken',
        ],
        [
          'a picture of the shop of 3,000,000 bytes',
          imgUpload,
          () => ({ body: aForm(Buffer.alloc(3_000_000)) }),
          'invalid meida size: the picture has 3000000 bytes, at most 2097152 (2 MB) are taken',
        ],
        [
          'an icon of 3,000,000 bytes',
          materialAdd,
          () => ({ body: aForm(Buffer.alloc(3_000_000)) }),
          'upload: invalid dimension or size: the picture has 3000000 bytes, at most 2097152 (2 MB) are taken',
        ],
        [
          'an upload of more than 10 MB',
          imgUpload,
          () => ({ headers: { 'content-type': 'image/png' }, body: Buffer.alloc(10_485_761) }),
          'invalid meida size: 10485761 bytes, at most 10485760 are read',
        ],
        [
          'a form of 41 parts',
          imgUpload,
          () => aMultipart(...Array(41).fill({ head: [MEDIA], body: 'x' })),
          'data format error: at most 40 parts are read',
        ],
        [
          'a link that fails',
          imgUpload,
          () => linkTo('/missing'),
          'cannot fetch the picture, upload it as a stream instead: the link answered HTTP 404',
        ],
        [
          'a fourth redirect',
          imgUpload,
          () => linkTo('/moved'),
          'cannot fetch the picture, upload it as a stream instead: the link answered HTTP 302, at most 3 redirects are followed',
        ],
        [
          'a link to more than 2 MB',
          imgUpload,
          () => linkTo('/huge'),
          'cannot fetch the picture, upload it as a stream instead: The answer has more than 2097152 bytes.',
        ],
      ] as const
      for (const [name, call, request, says] of refusals) {
        test(`${name} is refused with value and limit`, async () => {
          const { errmsg } = (await ask(world, call, world.newcomer, request())).json
          assert.equal(errmsg.split(' rid: ')[0], says)
        })
      }

      const kinds = [
        ['absent', {}, 'media_id'],
        ['0', { resp_type: '0' }, 'media_id'],
        ['1', { resp_type: '1' }, 'temp_img_url'],
        ['2', { resp_type: '2' }, 'pay_media_id'],
      ] as const
      for (const [name, fields, filled] of kinds) {
        test(`resp_type ${name} fills ${filled} alone`, async () => {
          const { img_info } = accepted(
            await ask(world, imgUpload, world.newcomer, { body: aForm(await png(), 'image/png', fields) }),
          )
          assert.deepEqual(Object.keys(img_info).sort(), ['media_id', 'pay_media_id', 'temp_img_url'])
          for (const [key, value] of Object.entries(img_info)) assert.equal(value !== '', key === filled, key)
        })
      }
    })
  })
}
