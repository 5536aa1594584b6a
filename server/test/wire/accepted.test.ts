import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { platform, shakearound, shops } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import { toApplicationId } from '../../src/applications/application-id.ts'
import { longest } from '../../src/conformance/refused.ts'
import { insertStore } from '../../src/stores/store.store.ts'
import { DATABASES } from '../databases.ts'
import { aBatch, aCategory, aPicture, aRegistration } from '../factories.ts'
import { exchange, type WireReply, type WireRequest } from './exchange.ts'
import { aForm, aMultipart, MEDIA } from './files.ts'
import { activate, aMember, createWorld, GRANTED, type Member, OPTIONAL, type World } from './world.ts'

const { accountRegister, accountAuditStatus, materialAdd, deviceApplyId, deviceApplyStatus, deviceSearch } = shakearound
const { imgUpload, catGet, auditCategory, auditResult } = shops

/** How JSON arrives, whatever it says it is. Source: docs/protocol/conventions.md, reading, R2 and R3. */
const JSON_FORMS: readonly (readonly [name: string, request: (body: object) => WireRequest])[] = [
  ...[
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=GBK',
    'application/x-www-form-urlencoded',
    'text/plain',
    'text/plain; charset=utf-8',
    'application/octet-stream',
    'multipart/form-data; boundary=x',
    'no/such/type;;;',
    '',
  ].map(
    (type) =>
      [
        `as ${type || 'an empty Content-Type'}`,
        (body: object) => ({ headers: { 'content-type': type }, body: JSON.stringify(body) }),
      ] as const,
  ),
  ['without a Content-Type', (body) => ({ body: JSON.stringify(body) })],
  ['with slashes escaped', (body) => ({ body: JSON.stringify(body).replaceAll('/', '\\/') })],
  ['with letters escaped', (body) => ({ body: escaped(JSON.stringify(body)) })],
  ['with a byte order mark', (body) => ({ body: `\ufeff${JSON.stringify(body)}` })],
  ['over many lines', (body) => ({ body: `${JSON.stringify(body, null, '\t')}\r\n` })],
  ['with members that nobody knows', (body) => ({ body: { ...body, access_token: 'x', __proto__: null, more: [{}] } })],
  [
    'with a member twice',
    (body) => ({ body: JSON.stringify({ last: '', ...body }).replace('{', '{"quantity":0,"name":"","audit_id":"",') }),
  ],
]

/** As some languages write JSON by default. */
const escaped = (json: string) =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

for (const kind of DATABASES) {
  describe(`accepted on ${kind.name}`, () => {
    let world: World
    before(async () => {
      world = await createWorld(kind)
    })
    after(() => world[Symbol.asyncDispose]())

    const ask = (call: Parameters<typeof exchange>[1], by: Pick<Member, 'token'>, request: WireRequest) =>
      exchange(world.server, call, by.token, request)
    const accepted = (reply: WireReply) => {
      assert.ok(!reply.json.errcode, reply.text)
      return reply.json
    }
    /** What the reviewers see of an application. */
    const shown = ({ accountId }: Pick<Member, 'accountId'>, applicationNo: number) =>
      world.server.api.call(api.getApplication, { params: { id: toApplicationId({ accountId, applicationNo }) } })

    describe('account/register', () => {
      const rows: readonly (readonly [name: string, changes: Record<string, unknown>])[] = [
        ...longest(20).map(([name, value]) => [`name: ${name}`, { name: value }] as const),
        ...longest(250).map(([name, apply_reason]) => [`apply_reason: ${name}`, { apply_reason }] as const),
        ['apply_reason absent', { apply_reason: undefined }],
        ['apply_reason null', { apply_reason: null }],
        ['apply_reason empty', { apply_reason: '' }],
        ['half a surrogate in the texts', { name: 'a\ud800b', apply_reason: '\udc00' }],
        ['quotes, markup and line breaks', { name: `"'<b>&\n`, apply_reason: `]]></xml>\r\n${'\u2028'}` }],
        ['email: the published example, whose copy lost its domain', { email: 'weixin123@' }],
        ['phone_number: with its country', { phone_number: '+86 138-0000-1234' }],
        ['qualification_cert_urls absent', { qualification_cert_urls: undefined }],
        ['qualification_cert_urls null', { qualification_cert_urls: null }],
        ['an industry whose document has no name, without one', { industry_id: '0102' }],
        ['the last industry', { industry_id: '1401' }],
      ]
      for (const [name, changes] of rows) {
        test(name, async () => {
          const account = await world.server.newAccount()
          const body = aRegistration(changes)
          assert.deepEqual(accepted(await ask(accountRegister, account, { body })).data, {})
          const { payload, state } = await shown(account, 1)
          const { qualification_cert_urls: _, ...sent } = { apply_reason: '', ...JSON.parse(JSON.stringify(body)) }
          assert.deepEqual(payload, { ...sent, apply_reason: sent.apply_reason ?? '' })
          assert.equal(state, 'under_review')
          const { data } = accepted(await ask(accountAuditStatus, account, {}))
          assert.deepEqual(
            { ...data, apply_time: 0 },
            { apply_time: 0, audit_comment: data.audit_comment, audit_status: 1, audit_time: 0 },
          )
        })
      }

      const links: readonly (readonly [name: string, urls: (link: string) => unknown])[] = [
        ['a link', (link) => [link]],
        ['a link without its host', (link) => [new URL(link).pathname]],
        ['a link by https and another host', (link) => [link.replace(/^http:\/\/[^/]+/, 'https://shp.qpic.cn')]],
        ['a link twice', (link) => [link, link]],
      ]
      for (const [name, urls] of links) {
        test(`qualification_cert_urls: ${name}`, async () => {
          const account = await aMember(world.server)
          const qualification_cert_urls = urls(account.license) as string[]
          const body = aRegistration({ industry_id: '0118', qualification_cert_urls })
          accepted(await ask(accountRegister, account, { body }))
          const { pictures } = await shown(account, 2)
          assert.deepEqual(
            pictures.map(({ state, reference }) => ({ state, reference })),
            qualification_cert_urls.map((reference) => ({ state: 'stored', reference })),
          )
        })
      }

      for (const [name, request] of JSON_FORMS) {
        test(`JSON ${name}`, async () => {
          const account = await aMember(world.server)
          const body = aRegistration({ name: '李雷/韩梅梅', qualification_cert_urls: [account.license] })
          accepted(await ask(accountRegister, account, request(body)))
          assert.equal(((await shown(account, 2)).payload as { name: string }).name, '李雷/韩梅梅')
        })
      }

      test('of two at once, one is under review', async () => {
        const account = await world.server.newAccount()
        const replies = await Promise.all([1, 2].map(() => ask(accountRegister, account, { body: aRegistration() })))
        assert.deepEqual(replies.map(({ json }) => json.errcode).sort(), [0, 9001048])
      })
    })

    describe('account/auditstatus', () => {
      const requests: readonly (readonly [name: string, request: WireRequest])[] = [
        ['by GET', { method: 'GET' }],
        ['by POST without a body', { method: 'POST' }],
        ['by POST with an empty object', { method: 'POST', body: {} }],
        ['by POST with what is no JSON', { method: 'POST', body: 'x' }],
        ['with arguments that it does not know', { method: 'GET', query: 'a=b&c' }],
      ]
      for (const [name, request] of requests) {
        test(name, async () => {
          assert.equal(accepted(await ask(accountAuditStatus, world.applicant, request)).data.audit_status, 1)
          assert.equal(accepted(await ask(accountAuditStatus, world.merchant, request)).data.audit_status, 2)
        })
      }
    })

    describe('device/applyid', () => {
      const rows: readonly (readonly [
        name: string,
        changes: Record<string, unknown>,
        stored: Record<string, unknown>,
      ])[] = [
        ['quantity: a text of digits', { quantity: '3' }, { quantity: 3 }],
        ['quantity: digits with zeros before', { quantity: '003' }, { quantity: 3 }],
        ['quantity: the largest of the quick review', { quantity: 500 }, { quantity: 500 }],
        ...longest(100).map(
          ([name, apply_reason]) => [`apply_reason: ${name}`, { apply_reason }, { apply_reason }] as const,
        ),
        ...longest(15).map(([name, comment]) => [`comment: ${name}`, { comment }, { comment }] as const),
        ['comment absent', { comment: undefined }, { comment: '' }],
        ['comment null', { comment: null }, { comment: '' }],
        ['comment empty', { comment: '' }, { comment: '' }],
        ['poi_id null', { poi_id: null }, { poi_id: 0 }],
        ['poi_id 0', { poi_id: 0 }, { poi_id: 0 }],
        ['poi_id: a text of digits', { poi_id: '0' }, { poi_id: 0 }],
        ['comment with quotes, markup and line breaks', { comment: `"'<b>&\n` }, { comment: `"'<b>&\n` }],
      ]
      for (const [name, changes, stored] of rows) {
        test(name, async () => {
          const { data } = accepted(await ask(deviceApplyId, world.merchant, { body: aBatch(changes) }))
          assert.equal(data.audit_status, 2)
          const { payload } = await shown(world.merchant, data.apply_id)
          assert.deepEqual(payload, { ...aBatch(), poi_id: 0, ...stored })
          const status = accepted(await ask(deviceApplyStatus, world.merchant, { body: { apply_id: data.apply_id } }))
          assert.equal(status.data.audit_status, 2)
          assert.equal(status.data.audit_time, status.data.apply_time)
        })
      }

      test('comment with half a surrogate', async () => {
        const { data } = accepted(await ask(deviceApplyId, world.merchant, { body: aBatch({ comment: 'a\ud800b' }) }))
        const { devices } = accepted(
          await ask(deviceSearch, world.merchant, { body: { type: 3, apply_id: data.apply_id } }),
        ).data
        assert.match(devices[0].comment, /^a.b$/u)
      })

      for (const [name, request] of JSON_FORMS) {
        test(`JSON ${name}`, async () => {
          const body = aBatch({ quantity: 2, apply_reason: '店/铺', comment: '一楼' })
          const { data } = accepted(await ask(deviceApplyId, world.merchant, request(body)))
          const list = { type: 3, apply_id: data.apply_id, last_seen: 0, count: 50 }
          const { devices } = accepted(await ask(deviceSearch, world.merchant, request(list))).data
          assert.deepEqual(
            devices.map(({ comment }: { comment: string }) => comment),
            ['一楼', '一楼'],
          )
        })
      }
    })

    describe('device/search', () => {
      let account: Member
      let batches: { applyId: number; ids: number[] }[]
      let ids: number[]
      before(async () => {
        account = await aMember(world.server)
        await activate(world.server, account)
        batches = []
        for (const quantity of [2, 60, 1, 5]) {
          const { data } = accepted(await ask(deviceApplyId, account, { body: aBatch({ quantity }) }))
          // Another account's devices lie between its batches.
          await ask(deviceApplyId, world.stranger, { body: aBatch() })
          const list = { type: 3, apply_id: data.apply_id, count: 50 }
          const first = accepted(await ask(deviceSearch, account, { body: list })).data.devices[0].device_id
          batches.push({ applyId: data.apply_id, ids: Array.from({ length: quantity }, (_, index) => first + index) })
        }
        ids = batches.flatMap((batch) => batch.ids)
      })

      const search = async (body: object) => {
        const { data } = accepted(await ask(deviceSearch, account, { body }))
        assert.equal(data.total_count, 68)
        return data.devices.map(({ device_id }: { device_id: number }) => device_id)
      }
      const uuid = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'
      const triple = (id: number) => ({ uuid, major: Math.floor(id / 65536), minor: id % 65536 })

      /** Source: docs/protocol/conventions.md, reading, R4. */
      const identifiers: readonly (readonly [name: string, identifier: (id: number, other: number) => object])[] = [
        ['a device_id', (device_id) => ({ device_id })],
        ['a device_id of digits', (id) => ({ device_id: String(id) })],
        ['a triple', (id) => triple(id)],
        [
          'a triple of digits',
          (id) => ({ ...triple(id), major: String(triple(id).major), minor: String(triple(id).minor) }),
        ],
        ['a triple in small letters', (id) => ({ ...triple(id), uuid: uuid.toLowerCase() })],
        ['all four', (device_id) => ({ device_id, ...triple(device_id) })],
        ["all four, the triple another device's", (device_id, other) => ({ device_id, ...triple(other) })],
        ['a device_id with nulls', (device_id) => ({ device_id, uuid: null, major: null, minor: null })],
        ['a device_id with zeros', (device_id) => ({ device_id, uuid: '', major: 0, minor: 0 })],
        ['a device_id with empty texts', (device_id) => ({ device_id, uuid: '', major: '', minor: '' })],
        ['a triple with null', (id) => ({ device_id: null, ...triple(id) })],
        ['a triple with 0', (id) => ({ device_id: 0, ...triple(id) })],
        ['a triple with a text of 0', (id) => ({ device_id: '0', ...triple(id) })],
        ['a triple with an empty text', (id) => ({ device_id: '', ...triple(id) })],
      ]
      for (const [name, identifier] of identifiers) {
        for (const type of [1, '1', null, undefined]) {
          test(`type ${type}: ${name}`, async () => {
            const [id, other] = [ids[40] as number, ids[3] as number]
            assert.deepEqual(await search({ type, device_identifiers: [identifier(id, other)] }), [id])
          })
        }
      }

      test('devices named: 50, in the order of their ids and each once', async () => {
        const named = ids.slice(10, 59).reverse()
        const device_identifiers = [...named, named[0]].map((device_id) => ({ device_id }))
        assert.deepEqual(await search({ type: 1, device_identifiers, count: 1, begin: 3 }), ids.slice(10, 59))
      })

      const pages: readonly (readonly [name: string, body: () => object, expected: () => number[]])[] = [
        ['an empty object', () => ({}), () => ids.slice(0, 50)],
        ['type 2 alone', () => ({ type: 2 }), () => ids.slice(0, 50)],
        ['type 2 in digits', () => ({ type: '2', last_seen: '0', count: '3' }), () => ids.slice(0, 3)],
        ['last_seen 0', () => ({ type: 2, last_seen: 0, count: 4 }), () => ids.slice(0, 4)],
        ['last_seen', () => ({ type: 2, last_seen: ids[4], count: 4 }), () => ids.slice(5, 9)],
        ['last_seen at the end of a batch', () => ({ type: 2, last_seen: ids[1], count: 2 }), () => ids.slice(2, 4)],
        [
          'last_seen of another account',
          () => ({ type: 2, last_seen: (ids[2] as number) - 1, count: 1 }),
          () => ids.slice(2, 3),
        ],
        ['last_seen over four batches', () => ({ type: 2, last_seen: ids[20], count: 50 }), () => ids.slice(21)],
        ['last_seen at the end', () => ({ type: 2, last_seen: ids.at(-1), count: 50 }), () => []],
        ['last_seen beyond', () => ({ type: 2, last_seen: Number.MAX_SAFE_INTEGER, count: 50 }), () => []],
        [
          'nulls',
          () => ({ type: 2, last_seen: null, count: null, begin: null, apply_id: null, device_identifiers: null }),
          () => ids.slice(0, 50),
        ],
        ['begin 0', () => ({ type: 2, begin: 0, count: 2 }), () => ids.slice(0, 2)],
        ['begin', () => ({ type: 2, begin: 5, count: 50 }), () => ids.slice(5, 55)],
        ['begin without a type', () => ({ begin: 61, count: 50 }), () => ids.slice(61)],
        ['begin at the end', () => ({ begin: 68, count: 50 }), () => []],
        ['begin beyond', () => ({ begin: Number.MAX_SAFE_INTEGER, count: 50 }), () => []],
        [
          'begin and last_seen: last_seen wins',
          () => ({ type: 2, begin: 5, last_seen: ids[30], count: 3 }),
          () => ids.slice(31, 34),
        ],
        [
          'begin and last_seen 0: last_seen wins',
          () => ({ type: 2, begin: 5, last_seen: 0, count: 3 }),
          () => ids.slice(0, 3),
        ],
        [
          'a batch',
          () => ({ type: 3, apply_id: batches[1]?.applyId, last_seen: 0, count: 50 }),
          () => ids.slice(2, 52),
        ],
        ['a batch in digits', () => ({ type: '3', apply_id: String(batches[0]?.applyId) }), () => ids.slice(0, 2)],
        ['a batch without a type', () => ({ apply_id: batches[2]?.applyId }), () => ids.slice(62, 63)],
        [
          'the rest of a batch',
          () => ({ type: 3, apply_id: batches[1]?.applyId, last_seen: ids[51], count: 50 }),
          () => ids.slice(52, 62),
        ],
        [
          'a batch from before it',
          () => ({ type: 3, apply_id: batches[3]?.applyId, last_seen: ids[0], count: 2 }),
          () => ids.slice(63, 65),
        ],
        [
          'a batch by begin',
          () => ({ type: 3, apply_id: batches[1]?.applyId, begin: 55, count: 50 }),
          () => ids.slice(57, 62),
        ],
        [
          'a batch by begin without a type',
          () => ({ apply_id: batches[1]?.applyId, begin: 1, count: 1 }),
          () => ids.slice(3, 4),
        ],
        ['a batch by begin beyond', () => ({ type: 3, apply_id: batches[0]?.applyId, begin: 2, count: 50 }), () => []],
        [
          'type 2 with a batch: all',
          () => ({ type: 2, apply_id: batches[1]?.applyId, count: 1 }),
          () => ids.slice(0, 1),
        ],
      ]
      for (const [name, body, expected] of pages) {
        test(name, async () => assert.deepEqual(await search(body()), expected()))
      }

      test('all pages by last_seen and all pages by begin are all devices', async () => {
        for (const count of [1, 7, 50]) {
          const seen: number[] = []
          const passed: number[] = []
          // Enough pages for all of them, and one more, which is empty.
          for (let pages = 0; pages <= ids.length / count + 1; pages += 1) {
            seen.push(...(await search({ type: 2, last_seen: seen.at(-1) ?? 0, count })))
            passed.push(...(await search({ begin: passed.length, count })))
          }
          assert.deepEqual([seen, passed], [ids, ids])
        }
      })

      test('a batch under review has no devices', async () => {
        const body = { type: 3, apply_id: 3, last_seen: 0, count: 50 }
        const { data } = accepted(await ask(deviceSearch, world.waiting, { body }))
        assert.deepEqual(data, { devices: [], total_count: 0 })
      })

      test("a store's id stays with the devices", async () => {
        const { server, merchant } = world
        await insertStore(
          server.services.db,
          merchant.accountId,
          { poiId: 1234, businessName: 'x' },
          server.clock.now(),
        )
        const { data } = accepted(await ask(deviceApplyId, merchant, { body: aBatch({ poi_id: '1234', quantity: 1 }) }))
        const found = accepted(await ask(deviceSearch, merchant, { body: { apply_id: data.apply_id } })).data
        const [device] = found.devices
        assert.deepEqual(device, {
          comment: 'floor 1',
          device_id: device.device_id,
          last_active_time: 0,
          ...triple(device.device_id),
          page_ids: '',
          poi_id: 1234,
          status: 0,
        })
      })
    })

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
            await ask(materialAdd, world.newcomer, { query: 'type=icon', ...aMultipart({ head, body }) }),
          )
          assert.match(
            added.data.pic_url,
            /^http:\/\/127\.0\.0\.1:\d+\/wechat_shakearound_pic\/0\/\d{10}[0-9a-f]{32}\/120$/,
          )
          const uploaded = accepted(await ask(imgUpload, world.newcomer, aMultipart({ head, body })))
          assert.match(uploaded.img_info.media_id, /^wxashop_[A-Za-z0-9_-]+$/)
        })
      }

      for (const type of ['image/jpeg', 'image/jpg', 'image/pjpeg', 'IMAGE/JPEG; x=y']) {
        test(`a JPEG that says ${type}`, async () => {
          const body = aForm(await aPicture({ format: 'jpeg' }), type)
          accepted(await ask(materialAdd, world.newcomer, { body }))
          accepted(await ask(imgUpload, world.newcomer, { body }))
        })
      }

      test('a GIF as an icon and as a document', async () => {
        for (const query of ['type=icon', 'type=license']) {
          accepted(
            await ask(materialAdd, world.newcomer, {
              query,
              body: aForm(await aPicture({ format: 'gif' }), 'image/gif'),
            }),
          )
        }
      })

      test('an icon of 200 pixels; a document of any shape', async () => {
        const icon = accepted(
          await ask(materialAdd, world.newcomer, { body: aForm(await aPicture({ width: 200, height: 200 })) }),
        )
        assert.match(icon.data.pic_url, /wechat_shakearound_pic/)
        const wide = aForm(await aPicture({ width: 1201, height: 7 }))
        const license = accepted(await ask(materialAdd, world.newcomer, { query: 'x=&type=license', body: wide }))
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
          assert.ok(accepted(await ask(imgUpload, world.newcomer, form)).img_info.temp_img_url)
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
        assert.ok(accepted(await ask(imgUpload, world.newcomer, form)).img_info.media_id)
        assert.ok(accepted(await ask(materialAdd, world.newcomer, form)).data.pic_url)
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
          const { img_info } = accepted(await ask(imgUpload, world.newcomer, request(args)))
          assert.match(img_info.temp_img_url, new RegExp(`/p/${world.newcomer.appid}/\\d{10}[0-9a-f]{32}$`))
          assert.deepEqual([img_info.media_id, img_info.pay_media_id], ['', ''])
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
            await ask(imgUpload, world.newcomer, { body: aForm(await png(), 'image/png', fields) }),
          )
          assert.deepEqual(Object.keys(img_info).sort(), ['media_id', 'pay_media_id', 'temp_img_url'])
          for (const [key, value] of Object.entries(img_info)) assert.equal(value !== '', key === filled, key)
        })
      }
    })

    describe('shop calls', () => {
      for (const [name, request] of JSON_FORMS) {
        test(`cat/get with {} ${name}`, async () => {
          const { third_cat_list } = accepted(await ask(catGet, world.newcomer, request({})))
          assert.equal(third_cat_list.length, 8)
        })
        test(`audit/result ${name}`, async () => {
          const audit_id = world.merchant.auditId
          const { data } = accepted(await ask(auditResult, world.merchant, request({ audit_id })))
          assert.deepEqual(data, { status: 0, brand_id: 0, reject_reason: '' })
        })
      }

      const rows: readonly (readonly [name: string, change: (of: Member) => { request?: object; info?: object }])[] = [
        ['links', () => ({})],
        ['license: a text', ({ picture }) => ({ request: { license: picture } })],
        ['license: a media_id', ({ mediaId }) => ({ request: { license: [mediaId] } })],
        ['license: a text that is a media_id', ({ mediaId }) => ({ request: { license: mediaId } })],
        ['license: a link without its host', ({ picture }) => ({ request: { license: [new URL(picture).pathname] } })],
        [
          "license: a link on the platform's own domain",
          ({ picture }) => ({ request: { license: [picture.replace(/^http:\/\/[^/]+/, 'https://mmecimage.cn')] } }),
        ],
        ['license: a document of Shake Nearby', ({ license }) => ({ request: { license: [license] } })],
        [
          'ten certificates',
          ({ picture, mediaId }) => ({ info: { certificate: [...Array(9).fill(picture), mediaId] } }),
        ],
        ['no certificate where one is optional', () => ({ info: { ...OPTIONAL, certificate: [] } })],
        ['levels of digits', () => ({ info: { level1: '1001', level2: '1014', level3: '1017' } })],
        ['levels of digits with zeros before', () => ({ info: { level3: '0000001017' } })],
        ['scene_group_list absent', () => ({ request: { scene_group_list: undefined } })],
        ['scene_group_list null', () => ({ request: { scene_group_list: null } })],
        ['scene_group_list empty', () => ({ request: { scene_group_list: [] } })],
        ['scene_group_list of digits', () => ({ request: { scene_group_list: ['1'] } })],
      ]
      const apply = (account: Member, { request = {}, info = {} }: { request?: object; info?: object }) => {
        const { picture } = account
        return aCategory([picture], [picture], {
          category_info: { ...GRANTED, certificate: [picture], ...info },
          ...request,
        })
      }
      for (const [name, change] of rows) {
        test(`audit_category: ${name}`, async () => {
          const account = await aMember(world.server)
          const body = apply(account, change(account))
          const { audit_id } = accepted(await ask(auditCategory, account, { body }))
          assert.equal(accepted(await ask(auditResult, account, { body: { audit_id } })).data.status, 0)
          const { pictures } = await shown(account, 2)
          assert.ok(pictures.length >= 1 && pictures.every(({ state }) => state === 'stored'))
        })
      }
      for (const [name, request] of JSON_FORMS) {
        test(`audit_category: JSON ${name}`, async () => {
          const account = await aMember(world.server)
          accepted(await ask(auditCategory, account, request(apply(account, {}))))
        })
      }
    })

    describe('stable_token', () => {
      for (const [name, request] of JSON_FORMS) {
        test(`JSON ${name}`, async () => {
          const { appid, secret } = world.newcomer
          const body = { grant_type: 'client_credential', appid, secret, force_refresh: null }
          assert.equal(
            accepted(await exchange(world.server, platform.stableToken, undefined, request(body))).expires_in,
            7200,
          )
        })
      }
    })
  })
}
