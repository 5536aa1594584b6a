import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { categories, pictures, shopAudits } from '@shenpi/sdk'
import { type ApiApplicationInFull, api } from '@shenpi/sdk/contract/api'
import sharp from 'sharp'
import { pictureQueue } from '../../src/applications/picture.queue.ts'
import { DATABASES } from '../databases.ts'
import { aCategory, aFile, aPicture } from '../factories.ts'
import { newShop } from '../open-shop.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { problemOf, send } from './exchange.ts'
import { FAILING, PASSING, type Site, startSite } from './site.ts'

const LICENSE = 'type=license'

async function servedBy(link: string) {
  const response = await fetch(link)
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

async function addMaterial(account: WireClient, file: Blob, query = ''): Promise<string> {
  const { json } = await account.upload(pictures.materialAdd.path, file, {}, query)
  assert.equal(json.errcode, 0, JSON.stringify(json))
  return json.data.pic_url
}

async function uploadPicture(account: WireClient, fields: Record<string, string>, file?: Blob) {
  const { json } = await account.upload(pictures.imgUpload.path, file ?? aFile(await aPicture()), fields)
  assert.equal(json.errcode, 0, JSON.stringify(json))
  return json.img_info
}

/** Submit with these pictures. @returns the audit_id */
async function apply(account: WireClient, license: string[], certificate = license): Promise<string> {
  const { json } = await account.post(categories.auditCategory.path, aCategory(license, certificate))
  assert.equal(json.errcode, 0, JSON.stringify(json))
  return json.audit_id
}

const read = (server: TestServer, id: string) => server.api.call(api.getApplication, { params: { id } })

/** Read an application until a condition holds. */
async function until(
  server: TestServer,
  id: string,
  condition: (pictures: ApiApplicationInFull['pictures']) => boolean,
): Promise<ApiApplicationInFull['pictures']> {
  for (;;) {
    const { pictures } = await read(server, id)
    if (condition(pictures)) return pictures
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A condition that never holds ends the test. */
const TIMEOUT_MS = 60_000

/** The waits between the four attempts, in milliseconds. */
const GAPS_MS = [10_000, 60_000, 600_000]

const accountOf = (id: string): number => Number.parseInt(id, 10)

/** Wait for all attempts of an application's pictures, moving the clock from one to the next. */
async function allTries(server: TestServer, id: string): Promise<ApiApplicationInFull['pictures']> {
  await until(server, id, (pictures) => pictures.every(({ state, failure }) => state !== 'waiting' || failure))
  for (const gapMs of GAPS_MS) {
    await settled(server)
    server.clock.advance(gapMs)
    pictureQueue.wake(server.services.db, accountOf(id))
    await settled(server)
  }
  return await until(server, id, (pictures) => pictures.every(({ state }) => state !== 'waiting'))
}

/** Nothing is due, and nothing under way. */
async function settled({ services: { db, clock } }: TestServer): Promise<void> {
  for (;;) {
    const at = clock.machine()
    const busy = await db
      .selectFrom('application_picture')
      .select('reference')
      .where('state', '=', 'waiting')
      .where(({ eb, or }) => or([eb('due_at', '<=', at), eb('leased_until', '>', 0)]))
      .execute()
    if (busy.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

for (const kind of DATABASES) {
  describe(`pictures on ${kind.name}`, { timeout: TIMEOUT_MS }, () => {
    let server: TestServer
    let site: Site
    before(async () => {
      server = await startTestServer(kind)
      site = await startSite()
    })
    after(async () => {
      await server[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
    })

    describe('pictures as they are served', () => {
      const uploads: readonly (readonly [
        name: string,
        upload: (account: WireClient) => Promise<string>,
        type: string,
      ])[] = [
        ['an icon', async (account) => addMaterial(account, aFile(await aPicture())), 'image/png'],
        [
          'a document',
          async (account) => addMaterial(account, aFile(await aPicture({ format: 'jpeg' }), ''), LICENSE),
          'image/jpeg',
        ],
        [
          'a GIF',
          async (account) => addMaterial(account, aFile(await aPicture({ format: 'gif' }), 'image/gif'), LICENSE),
          'image/gif',
        ],
        [
          'a picture of the shop',
          async (account) => (await uploadPicture(account, { resp_type: '1' })).temp_img_url,
          'image/png',
        ],
      ]
      for (const [name, upload, type] of uploads) {
        test(`${name} is served under its link to anybody, for good and only as a picture`, async () => {
          const link = await upload(await newShop(server))
          const { status, headers, bytes } = await servedBy(link)
          assert.equal(status, 200)
          assert.equal(headers.get('content-type'), type)
          assert.equal(headers.get('x-content-type-options'), 'nosniff')
          assert.match(headers.get('cache-control') ?? '', /\bmax-age=31536000\b.*\bimmutable\b/)
          assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/)
          const { width, height, format } = await sharp(bytes).metadata()
          assert.deepEqual({ width, height, type: `image/${format}` }, { width: 120, height: 120, type })
          server.clock.advance(400 * 24 * 3600 * 1000)
          assert.deepEqual((await servedBy(link)).bytes, bytes)
          assert.deepEqual((await servedBy(`${link}?tp=webp`)).bytes, bytes)
        })
      }

      const PLACE = 'Nanshan District, Shenzhen'
      test('a JPEG loses its metadata and is stored upright', async () => {
        const bytes = await sharp(await aPicture({ format: 'jpeg', width: 60, height: 30 }))
          .withExif({ IFD0: { Copyright: PLACE, Artist: 'li_lei' }, IFD3: { GPSLatitude: '22/1 32/1 0/1' } })
          .withMetadata({ orientation: 6 })
          .toBuffer()
        assert.ok(bytes.includes(PLACE), 'it is there in what is sent')
        const account = await newShop(server)
        const file = aFile(bytes, 'image/jpeg')
        const ofShop = await uploadPicture(account, { resp_type: '1' }, file)
        for (const link of [await addMaterial(account, file, LICENSE), ofShop.temp_img_url]) {
          const served = (await servedBy(link)).bytes
          assert.ok(!served.includes(PLACE) && !served.includes('li_lei') && !served.includes('Exif'))
          const { width, height, exif, orientation = 1 } = await sharp(served).metadata()
          assert.deepEqual(
            { width, height, exif, orientation },
            { width: 30, height: 60, exif: undefined, orientation: 1 },
          )
        }
      })

      test('a PNG loses everything besides its pixels', async () => {
        const script = '<script>alert(1)</script>'
        const bytes = Buffer.concat([
          await sharp(await aPicture())
            .withExif({ IFD0: { Copyright: PLACE } })
            .png()
            .toBuffer(),
          Buffer.from(script),
        ])
        const served = (await servedBy(await addMaterial(await server.newAccount(), aFile(bytes)))).bytes
        assert.ok(bytes.includes(PLACE) && bytes.includes(script))
        assert.ok(!served.includes(PLACE) && !served.includes(script))
      })

      test('an animated GIF stays animated', async () => {
        const frames = await Promise.all(
          [1, 2].map((step) =>
            sharp({ create: { width: 50, height: 50, channels: 3, background: { r: 99 * step, g: 0, b: 0 } } })
              .png()
              .toBuffer(),
          ),
        )
        const bytes = await sharp(frames, { join: { animated: true } })
          .gif()
          .toBuffer()
        const served = (await servedBy(await addMaterial(await server.newAccount(), aFile(bytes, 'image/gif')))).bytes
        assert.equal((await sharp(served, { animated: true }).metadata()).pages, 2)
      })

      test('the same picture twice has two links', async () => {
        const account = await server.newAccount()
        const file = aFile(await aPicture())
        assert.notEqual(await addMaterial(account, file), await addMaterial(account, file))
      })

      test('an unknown link is answered 404', async () => {
        const link = new URL(await addMaterial(await server.newAccount(), aFile(await aPicture())))
        const other = link.pathname.replace(/[0-9a-f]{32}/, '0'.repeat(32))
        for (const path of [
          other,
          '/p/wx0123456789abcdef/x',
          '/wx_shake_bus/0/..%2f..%2fapi-key/0',
          '/p/wx0123456789abcdef/%00',
        ]) {
          const { status, headers } = await send(server, { method: 'GET', path })
          assert.equal(status, 404)
          assert.doesNotMatch(String(headers['content-type']), /html/)
          assert.doesNotMatch(String(headers['cache-control']), /immutable/)
        }
        assert.equal(problemOf(await send(server, { method: 'POST', path: link.pathname, body: 'x' })), 'path.unknown')
      })
    })

    describe('pictures in an application', () => {
      test('are stored at once when they are our own, by link and by media_id', async () => {
        const account = await newShop(server)
        const { temp_img_url: link } = await uploadPicture(account, { resp_type: '1' })
        const { media_id } = await uploadPicture(account, {})
        const { pictures } = await read(server, await apply(account, [link], [media_id, link]))
        assert.deepEqual(
          pictures.map(({ field, position, reference, state, failure }) => [
            field,
            position,
            reference,
            state,
            failure,
          ]),
          [
            ['certificate', 0, media_id, 'stored', null],
            ['certificate', 1, link, 'stored', null],
            ['license', 0, link, 'stored', null],
          ],
        )
        assert.equal(pictures[2]?.url, link)
        for (const { url } of pictures) assert.equal((await servedBy(url as string)).status, 200)
      })

      test('are fetched once after the submission when they are behind a link, and shown as they were then', async () => {
        const account = await newShop(server)
        site.pages['/first'] = async () => [
          200,
          await aPicture({ width: 11, height: 12 }),
          { 'content-type': 'text/html' },
        ]
        site.pages['/sent-on'] = async () => [302, '', { location: `${site.url}/first` }]
        const link = `${site.url}/sent-on`
        const own = (await uploadPicture(account, { resp_type: '1' })).temp_img_url
        const id = await apply(account, [link], [own])
        const [, license] = await until(server, id, (pictures) => pictures.every(({ state }) => state === 'stored'))
        assert.deepEqual([license?.reference, license?.failure], [link, null])
        assert.match(license?.url ?? '', new RegExp(`^${server.url}/p/${account.appid}/`))

        site.pages['/first'] = async () => [404, '']
        const { bytes, headers } = await servedBy(license?.url as string)
        assert.equal(headers.get('content-type'), 'image/png')
        assert.equal((await sharp(bytes).metadata()).width, 11)
        assert.deepEqual(
          site.visits.filter((path) => path === '/first'),
          ['/first'],
        )
        const result = await account.post(shopAudits.auditResult.path, { audit_id: id })
        assert.equal(result.json.data.status, 0)
      })

      test('are fetched at a later attempt when their link fails at first', async () => {
        const account = await newShop(server)
        site.pages['/late'] = async () => [503, '']
        const id = await apply(account, [`${site.url}/late`], [(await uploadPicture(account, {})).media_id])
        const [, waiting] = await until(server, id, (pictures) => pictures.some(({ failure }) => failure))
        assert.deepEqual([waiting?.state, waiting?.url], ['waiting', null])
        assert.match(waiting?.failure ?? '', /HTTP 503/)

        site.pages['/late'] = async () => [200, await aPicture()]
        server.clock.advance(10_000)
        pictureQueue.wake(server.services.db, accountOf(id))
        const [, stored] = await until(server, id, (pictures) => pictures.every(({ state }) => state === 'stored'))
        assert.equal(stored?.failure, null)
        assert.equal(site.visits.filter((path) => path === '/late').length, 2)
      })

      test('are shown as failed with a reason when their link is bad, at once or after four attempts', async () => {
        const account = await newShop(server)
        const reasons = new Map(Object.entries(FAILING).map(([path, reason]) => [site.url + path, reason as RegExp]))
        const visitsBefore = site.visits.length
        const id = await apply(account, [...reasons.keys()], [(await uploadPicture(account, {})).media_id])
        const licenses = (await allTries(server, id)).filter(({ field }) => field === 'license')
        assert.deepEqual(
          licenses.map(({ reference }) => reference),
          [...reasons.keys()],
        )
        for (const { reference, state, failure, url } of licenses) {
          assert.deepEqual([state, url], ['failed', null], reference)
          assert.match(failure ?? '', reasons.get(reference) as RegExp, reference)
        }
        server.clock.advance(24 * 3600 * 1000)
        pictureQueue.wake(server.services.db, accountOf(id))
        await settled(server)
        const visits = site.visits.slice(visitsBefore)
        for (const path of Object.keys(FAILING)) {
          const tries = PASSING.has(path) ? 4 : 1
          assert.equal(visits.filter((visit) => visit === path).length, tries, `tries of ${path}`)
        }
        assert.ok(!visits.includes('/picture'), 'no more than three redirects are followed')
        assert.equal((await read(server, id)).state, 'under_review')
      })
    })
  })

  test(`a link into a private network connects to nothing on ${kind.name}`, { timeout: TIMEOUT_MS }, async () => {
    await using server = await startTestServer(kind, { env: { MODE: 'production' } })
    // On each address that is refused: a connection there would be seen.
    await using site = await startSite('::')
    const category = {
      third_cat_id: 7448,
      third_cat_name: 'c',
      second_cat_id: 7439,
      second_cat_name: 'b',
      first_cat_id: 7419,
      first_cat_name: 'a',
    }
    const rest = {
      qualification: '',
      qualification_type: 1,
      product_qualification: '',
      product_qualification_type: 0,
      scene_group_list: [],
    }
    await server.api.call(api.importCategories, { body: { third_cat_list: [{ ...category, ...rest }] } })
    const account = await newShop(server)
    const links = [
      `http://127.0.0.1:${site.port}/picture`,
      `http://localhost:${site.port}/picture`,
      `http://[::1]:${site.port}/picture`,
      `http://[::ffff:127.0.0.1]:${site.port}/picture`,
      `http://0.0.0.0:${site.port}/picture`,
      `http://2130706433:${site.port}/picture`,
      'http://10.0.0.1/x',
      'http://169.254.169.254/latest/meta-data/',
      'http://168.63.129.16/',
      'http://[fd00:ec2::254]/',
    ]
    for (const img_url of links) {
      const { json } = await account.post(pictures.imgUpload.path, {}, `upload_type=1&resp_type=1&img_url=${img_url}`)
      assert.equal(json.errcode, 1070008, img_url)
      assert.match(json.errmsg, /^cannot fetch the picture, upload it as a stream instead rid: /, 'and no more is told')
    }
    const id = await apply(account, links, [(await uploadPicture(account, {})).media_id])
    const licenses = (await allTries(server, id)).filter(({ field }) => field === 'license')
    assert.deepEqual(
      licenses.map(({ reference, state }) => [reference, state]),
      links.map((link) => [link, 'failed']),
    )
    for (const { failure } of licenses) assert.match(failure ?? '', /not public|cannot be resolved/)
    assert.equal(site.connections.length, 0)
  })
}
