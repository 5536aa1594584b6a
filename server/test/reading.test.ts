import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import sharp from 'sharp'
import { findOcrPackages } from '../src/readings/ocr-packages.ts'
import { PictureReader } from '../src/readings/picture-reader.ts'
import { ReadingProcess } from '../src/readings/reading-process.ts'
import { DATABASES, type DatabaseKind } from './databases.ts'
import { aFile, aPicture, aRegistration } from './factories.ts'
import { READ_CODE as CODE, installFakeOcr } from './fake-ocr.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const OTHER = '9144030071526726XG'

/** Where the real packages are, for those who have them. */
const PACKAGES = process.env.OCR_TEST_PACKAGES
const WITHOUT =
  'The test of reading pictures did not run: name a folder with tesseract.js and @tesseract.js-data/chi_sim in OCR_TEST_PACKAGES.'

const LICENCE = `<svg xmlns="http://www.w3.org/2000/svg" width="1400" height="900">
  <rect width="1400" height="900" fill="#f8f4e8"/>
  <text x="480" y="140" font-size="80">营业执照 LICENCE</text>
  <text x="90" y="300" font-size="36" font-family="sans-serif">${CODE}</text>
  <text x="90" y="420" font-size="36" font-family="sans-serif">Acme Trading Co., Ltd. 2019-05-01</text></svg>`

const plain = (grey: number): Promise<Buffer> =>
  aPicture({ width: 40, height: 30, background: { r: grey, g: grey, b: grey } })

/** An account applies with a picture of a licence. @returns the id of the application */
async function apply(server: TestServer, picture: Buffer, apply_reason: string): Promise<string> {
  const client = await server.newAccount()
  const uploaded = await client.upload('/shakearound/material/add', aFile(picture), {}, 'type=license')
  const sent = aRegistration({ qualification_cert_urls: [uploaded.json.data.pic_url], apply_reason })
  assert.equal((await client.post('/shakearound/account/register', sent)).json.errcode, 0)
  return `${client.accountId}-1`
}

const readingOf = (server: TestServer, id: string) =>
  server.api.getPictureReading({ params: { id, field: 'qualification_cert_urls', position: 0 } })
const isReadable = async (server: TestServer, id: string) =>
  (await server.api.getApplication({ params: { id } })).pictures.map((picture) => picture.is_readable)

describe('reading licence numbers from pictures', () => {
  const [kind] = DATABASES as [DatabaseKind]
  let folder: string
  let licence: Buffer
  before(async () => {
    // Before the server's decoder allows no drawings any more.
    licence = await sharp(Buffer.from(LICENCE)).png().toBuffer()
    folder = mkdtempSync(join(tmpdir(), 'shenpi-ocr-'))
    installFakeOcr(folder)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('is off by default: pictures are not readable and a reading is refused', async () => {
    await using server = await startTestServer(kind)
    const id = await apply(server, await plain(150), 'a shop')
    assert.deepEqual(await isReadable(server, id), [false])
    await assert.rejects(readingOf(server, id), { code: 'reading.off' })
  })

  test('does not start without its packages, and says how to install them', async () => {
    const env = { OCR: 'on', OCR_PACKAGES: join(tmpdir(), 'shenpi-no-such-folder') }
    await assert.rejects(startTestServer(kind, { env }), {
      message: /^OCR=on needs two packages .*: run npm install --no-save --ignore-scripts --prefix .* tesseract\.js@7/,
    })
  })

  test('tells valid codes and those with a fault, and goes on after a picture that ends the process', async () => {
    await using server = await startTestServer(kind, { env: { OCR: 'on', OCR_PACKAGES: folder } })
    const crash = await apply(server, await plain(10), 'a shop')
    assert.deepEqual(await isReadable(server, crash), [true])
    assert.equal((await readingOf(server, crash)).state, 'failed')
    const read = { code: CODE, fault: null }
    const faulty = { code: `${CODE.slice(0, 17)}9`, fault: 'check', is_typed: false }
    const same = await apply(server, await plain(150), `licence ${CODE}`)
    assert.deepEqual(await readingOf(server, same), {
      state: 'read',
      items: [{ ...read, is_typed: true }, faulty],
      typed: [CODE],
    })
    const other = await apply(server, await plain(150), `licence ${OTHER}`)
    assert.deepEqual(await readingOf(server, other), {
      state: 'read',
      items: [{ ...read, is_typed: false }, faulty],
      typed: [OTHER],
    })
    const params = { id: other, field: 'qualification_cert_urls', position: 1 } as const
    await assert.rejects(server.api.getPictureReading({ params }), { code: 'application.picture_unknown' })
    await assert.rejects(readingOf(server, '999999-1'), { code: 'application.unknown' })
  })

  test('ends a process that hangs, reads the next picture in a new one, and tries the first not again', async () => {
    const [hung, fine] = [new Uint8Array(4).fill(60), new Uint8Array(4).fill(150)].map((grey) => async () => ({
      width: 2,
      height: 2,
      grey,
    }))
    assert.ok(hung && fine)
    const patient = new PictureReader(new ReadingProcess(findOcrPackages(folder), 2_000))
    assert.equal((await patient.read(1, 'hung', hung)).state, 'failed')
    assert.equal((await patient.read(2, 'fine', fine)).codes[0]?.code, CODE)
    let unpacked = 0
    const again = async () => ({ width: 2, height: 2, grey: new Uint8Array(4).fill(150 + unpacked++) })
    assert.equal((await patient.read(1, 'hung', again)).state, 'failed')
    await patient.read(2, 'fine', again)
    assert.equal(unpacked, 0)
    patient.stop()
  })

  test('refuses an account that has ten pictures waiting, and no other', async () => {
    const reader = new PictureReader({ read: async () => '', stop: () => {} })
    const gate = Promise.withResolvers<void>()
    const unpack = async () => {
      await gate.promise
      return { width: 1, height: 1, grey: Uint8Array.of(150) }
    }
    const reads = Array.from({ length: 11 }, (_, at) => reader.read(1, `1-${at}`, unpack))
    assert.equal((await reader.read(1, '1-11', unpack)).state, 'busy')
    const other = reader.read(2, '2-0', unpack)
    gate.resolve()
    assert.equal((await Promise.all([...reads, other])).length, 12)
  })

  test('gives the process no environment and lets it write nothing', async () => {
    const process = new ReadingProcess(findOcrPackages(folder))
    const text = await process.read({ width: 1, height: 1, grey: Uint8Array.of(250) })
    assert.equal(text.trim(), 'ERR_ACCESS_DENIED')
    process.stop()
  })

  test('finds the number in a picture of a licence', { skip: !PACKAGES && WITHOUT }, async (t) => {
    await using server = await startTestServer(kind, { env: { OCR: 'on', OCR_PACKAGES: PACKAGES ?? '' } })
    const id = await apply(server, licence, `licence ${CODE}`)
    const began = performance.now()
    const { items } = await readingOf(server, id)
    t.diagnostic(`the process started and read the picture in ${Math.round(performance.now() - began)} ms`)
    assert.deepEqual(items[0], { code: CODE, fault: null, is_typed: true })
  })
})
