import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import sharp from 'sharp'
import { SVG } from 'shenpi-conformance/files/pictures'
import { aPngOf, pngChunk } from 'shenpi-conformance/files/png'
import { aPicture } from '../../test/factories.ts'
import { HOSTILE_PICTURES, jpegSegment, withSegments } from '../../test/hostile-pictures.ts'
import { Decoders } from './decoders.ts'
import { inspectPicture } from './inspect-picture.ts'
import { MATERIAL_FORMATS, SHOP_FORMATS, STORE_FORMATS } from './picture-format.ts'

const inspect = (bytes: Buffer, formats = MATERIAL_FORMATS) => inspectPicture(new Decoders(), 1, bytes, formats)

/** Sharp as a camera's, so that its bytes spread over its rows. */
const aPhoto = (options: { progressive?: boolean } = {}) =>
  sharp({
    create: {
      width: 400,
      height: 300,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
    .jpeg({ quality: 70, ...options })
    .toBuffer()

describe('a picture that costs much to decode', () => {
  for (const { name, make, refused } of HOSTILE_PICTURES.filter(({ isSlow }) => !isSlow)) {
    test(`${name} is ${refused ? 'refused' : 'taken'}`, async () => {
      const bytes = await make()
      if (refused) await assert.rejects(inspect(bytes), refused)
      else assert.ok((await inspect(bytes)).bytes.length > 0)
    })
  }
})

describe('the refusal of a picture says what it is', () => {
  const webp = () => aPicture({ format: 'webp' })
  for (const [name, make, formats, says] of [
    ['a WebP', webp, MATERIAL_FORMATS, 'this is a WebP picture; JPEG, PNG and GIF are taken'],
    ['a GIF', () => aPicture({ format: 'gif' }), SHOP_FORMATS, 'this is a GIF picture; JPEG and PNG are taken'],
    ['a PNG', () => aPicture(), STORE_FORMATS, 'this is a PNG picture; JPEG is taken'],
    ['an SVG', () => Buffer.from(SVG), SHOP_FORMATS, 'this is an SVG picture; JPEG and PNG are taken'],
    ['a HEIC', () => Buffer.from('\0\0\0\x18ftypheic'), SHOP_FORMATS, 'this is a HEIC picture; JPEG and PNG are taken'],
    ['a TIFF', () => Buffer.from('II*\0'), SHOP_FORMATS, 'this is a TIFF picture; JPEG and PNG are taken'],
    ['a PDF', () => Buffer.from('%PDF-1.7'), SHOP_FORMATS, 'this is a PDF document; JPEG and PNG are taken'],
    ['a text', () => Buffer.from('a text'), SHOP_FORMATS, 'this is no picture; JPEG and PNG are taken'],
  ] as const) {
    test(`names ${name} that is refused`, async () => assert.rejects(inspect(await make(), formats), { message: says }))
  }
})

test('only the decoders of the three formats are ever loaded', async () => {
  await inspect(await aPicture())
  for (const format of ['webp', 'tiff', 'avif'] as const) {
    const bytes = await sharp(await aPicture())
      .toFormat(format)
      .toBuffer()
    await assert.rejects(sharp(bytes).toBuffer(), /unsupported image format/, format)
  }
  await assert.rejects(sharp(Buffer.from(SVG)).toBuffer(), /unsupported image format/)
})

describe('a part of a picture that no pixel depends on', () => {
  const exif = { IFD0: { Copyright: 'x'.repeat(60_000) } }

  test('may have 700 KB in a phone’s photo, which keeps its colours and orientation', async () => {
    const photo = await sharp(await aPhoto())
      .withExif(exif)
      .withIccProfile('p3')
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const thumbnails = Array.from({ length: 10 }, () => jpegSegment(0xe2, `MPF\0${'x'.repeat(65_000)}`))
    const plain = await sharp(photo).autoOrient().raw().toBuffer()
    const { bytes, width, height } = await inspect(withSegments(photo, thumbnails))
    assert.deepEqual([width, height], [300, 400])
    const pixels = await sharp(bytes).raw().toBuffer()
    const furthest = pixels.reduce((most, value, at) => Math.max(most, Math.abs(value - (plain[at] ?? 0))), 0)
    assert.ok(furthest < 60, `a sample is off by ${furthest}`)
  })

  test('may be a text of a PNG, an animation, a damaged profile or bytes after the end', async () => {
    const chunks = [
      pngChunk('tEXt', Buffer.alloc(600_000, 'x')),
      pngChunk('acTL', Buffer.alloc(8)),
      pngChunk('iCCP', Buffer.from('profile\0\0not packed', 'latin1')),
    ]
    const png = Buffer.concat([aPngOf(9, 9, { chunks }), Buffer.alloc(100_000)])
    assert.equal((await inspect(png)).width, 9)
  })
})

describe('a truncated JPEG', () => {
  for (const progressive of [false, true]) {
    const kind = progressive ? 'progressive' : 'baseline'
    for (const lost of [1, 2, 3, 20, 500]) {
      test(`is accepted when it is ${kind} and lacks its last ${lost} bytes`, async () => {
        const jpeg = await aPhoto({ progressive })
        const { width, height } = await inspect(jpeg.subarray(0, -lost))
        assert.deepEqual([width, height], [400, 300])
      })
    }
  }

  test('is accepted without its last eighth, and refused without its last half', async () => {
    const jpeg = await aPhoto()
    assert.equal((await inspect(jpeg.subarray(0, jpeg.length * 0.88))).height, 300)
    await assert.rejects(
      inspect(jpeg.subarray(0, jpeg.length / 2)),
      /the JPEG breaks off: less than 75 % of it are there/,
    )
  })

  test('is accepted without its last half when it is progressive, as only sharpness is lost', async () => {
    const jpeg = await aPhoto({ progressive: true })
    assert.equal((await inspect(jpeg.subarray(0, jpeg.length / 2))).height, 300)
  })

  test('is refused without any pixels', async () => {
    await assert.rejects(inspect((await aPhoto()).subarray(0, 300)), /breaks off/)
  })
})
