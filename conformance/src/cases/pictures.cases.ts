import { pictures } from '@shenpi/sdk/contract/wire/pictures'
import type { ConformanceCase, Story } from '../case.ts'
import type { PictureName } from '../files/pictures.ts'
import { NO_TEXTS, refused, refusedFiles, type SentFile } from '../refused.ts'

const { materialAdd, imgUpload, mediaUploadImg } = pictures

const materials = (errcode: number, ...sent: readonly SentFile[]) =>
  refusedFiles(materialAdd, 'merchant', errcode, sent)

/** Source: docs/protocol/shakearound.md, material/add. */
const MATERIALS_REFUSED: readonly ConformanceCase[] = [
  ...refused(materialAdd, 'merchant', 9001007, [
    ['nothing', undefined],
    ['JSON', { media: 'x' }],
    ['bytes that are no multipart', { base64: '/9j/' }],
  ]),
  ...materials(9001007, 'an empty file'),
  {
    name: 'a text in place of the file',
    call: materialAdd,
    form: 'a form with a text named media',
    errcode: 9001007,
  },
  {
    name: 'a file in another part',
    call: materialAdd,
    file: { is: 'a PNG', part: 'file' },
    errcode: 9001007,
  },
  ...['other', 'ICON', 'icon%00', '1'].map(
    (type): ConformanceCase => ({
      name: `type=${type}`,
      call: materialAdd,
      query: `type=${type}`,
      file: { is: 'a PNG' },
      errcode: 9001008,
    }),
  ),
  ...materials(
    9001008,
    'a text',
    'a page of HTML',
    'an SVG',
    ['an SVG', 'image/png'],
    'a WebP',
    ['a WebP', 'image/png'],
    'a PDF',
  ),
  ...materials(9001009, 'a PNG of 201 × 201 pixels', 'a PNG that is not square', 'a PNG of 2 MB and a byte'),
  ...materials(
    9001010,
    'a PNG that breaks off',
    'a PNG that unpacks to 400 million pixels',
    'a PNG of 1 × 39,000,000 pixels',
    'a GIF of 30,000 frames',
    'the head of a PNG alone',
  ),
]

const taken = (is: PictureName, query: string, keep?: ConformanceCase['keep']): ConformanceCase => ({
  name: `${is}, ${query || 'without a type'}`,
  call: materialAdd,
  ...(query && { query }),
  file: { is },
  ...(keep && { keep }),
})

/** What a picture is decides, not what its part says of it. */
const DECLARED = [
  ['a PNG', 'application/octet-stream'],
  ['a PNG', 'image/jpeg'],
  ['a JPEG', 'image/png'],
  ['a JPEG', 'image/*'],
  ['a GIF', 'text/html'],
] as const

const MATERIALS: readonly ConformanceCase[] = [
  taken('a PNG', 'type=icon', { newPicture: 'pic_url' }),
  taken('a PNG', ''),
  taken('a JPEG', 'type=icon'),
  taken('a GIF', 'type=icon'),
  taken('a PNG of 200 × 200 pixels', 'type=icon'),
  taken('a PNG that is not square', 'type=license'),
  taken('a PNG of 201 × 201 pixels', 'type=license'),
  taken('a PNG of 2 MB', 'type=license'),
  ...DECLARED.map(
    ([is, mediaType]): ConformanceCase => ({
      name: `${is} declared ${mediaType}`,
      call: materialAdd,
      file: { is, mediaType },
    }),
  ),
]

const BROKEN: readonly ConformanceCase[] = [
  {
    name: 'a disk that cannot be written',
    call: materialAdd,
    given: 'the disk of the pictures is gone',
    file: { is: 'a JPEG' },
    errcode: -1,
  },
]

const shopPictures = (errcode: number, ...sent: readonly SentFile[]) =>
  refusedFiles(imgUpload, 'merchant', errcode, sent)

const exchanged = (name: string, img_url: unknown) => [name, { upload_type: 1, img_url }] as const

/** Links behind which there is no picture. */
const UNFETCHABLE = [
  'http://10.0.0.1/x',
  'http://169.254.169.254/latest/meta-data/',
  'http://[::ffff:10.0.0.1]/x',
  'http://0x0a000001/x',
  'http://nowhere.invalid/x',
  'http://127.0.0.1:1/x',
]

/** Source: docs/protocol/shops.md, img/upload. */
const SHOP_PICTURES_REFUSED: readonly ConformanceCase[] = [
  ...refused(imgUpload, 'merchant', 1070001, [
    ['nothing', undefined],
    ['JSON', {}],
    ['a URL-encoded form', 'resp_type=1&upload_type=0'],
  ]),
  ...shopPictures(1070001, 'an empty file'),
  { name: 'a text in place of the file', call: imgUpload, form: 'a form with a text named media', errcode: 1070001 },
  {
    name: 'a file in another part',
    call: imgUpload,
    request: {},
    file: { is: 'a PNG', part: 'file' },
    errcode: 1070001,
  },
  ...['resp_type', 'upload_type'].flatMap((field) =>
    ['3', '-1', 'x', '1.5', 'true'].map(
      (value): ConformanceCase => ({
        name: `${field} ${value}`,
        call: imgUpload,
        request: { [field]: value },
        file: { is: 'a PNG' },
        errcode: 40097,
      }),
    ),
  ),
  { name: 'resp_type 3 in the query', call: imgUpload, query: 'resp_type=3', request: {}, errcode: 40097 },
  { name: 'no link', call: imgUpload, query: 'upload_type=1', request: {}, errcode: 990007 },
  ...refused(imgUpload, 'merchant', 990007, [exchanged('null for the link', null)]),
  ...refused(imgUpload, 'merchant', 1000035, [
    exchanged('an empty link', ''),
    ...[
      'picture.png',
      '/p/wx0123456789abcdef/x',
      'ftp://example.com/a.png',
      'javascript:alert(1)',
      'http://',
      'http://user:secret@example.com/a.png',
    ].map((link) => exchanged(`the link ${link}`, link)),
    exchanged('a link of 2049 characters', `http://example.com/${'a'.repeat(2030)}`),
    ...NO_TEXTS.map(([name, link]) => exchanged(`${name} for the link`, link)),
  ]),
  ...refused(imgUpload, 'merchant', 1070008, [
    ...UNFETCHABLE.map((link) => exchanged(`the link ${link}`, link)),
    exchanged('a link of 2048 characters', `http://10.0.0.1/${'a'.repeat(2032)}`),
    exchanged('a link that is not there', '{site}/missing'),
    exchanged('a link that fails', '{site}/broken'),
    exchanged('a link that leads elsewhere', '{site}/moved'),
    exchanged('a link to more than 2 MB', '{site}/huge'),
  ]),
  ...refused(imgUpload, 'merchant', 1070011, [
    exchanged('a link to a page', '{site}/page'),
    exchanged('a link to an SVG', '{site}/svg'),
    exchanged('a link to a WebP', '{site}/webp'),
    exchanged('a link to a GIF', '{site}/gif'),
    exchanged('a link to a picture that breaks off', '{site}/cut'),
  ]),
  ...shopPictures(40005, 'a text', 'an SVG', 'a WebP', 'a GIF', ['a GIF', 'image/png'], 'a PDF'),
  ...shopPictures(40006, 'a PNG of 2 MB and a byte'),
  ...shopPictures(
    1070011,
    'a PNG that breaks off',
    'a JPEG that breaks off',
    'a PNG that unpacks to 400 million pixels',
    'a PNG of 1 × 39,000,000 pixels',
  ),
]

const NONE = { media_id: '', temp_img_url: '', pay_media_id: '' }
const info = (...filled: (keyof typeof NONE)[]) =>
  Object.fromEntries(Object.entries(NONE).filter(([name]) => !filled.includes(name as keyof typeof NONE)))

const SHOP_PICTURES: readonly ConformanceCase[] = [
  {
    name: 'a PNG, for a media_id',
    call: imgUpload,
    request: { resp_type: 0, upload_type: 0 },
    file: { is: 'a PNG' },
    answer: { img_info: info('media_id') },
    keep: { newMediaId: 'img_info.media_id' },
  },
  {
    name: 'a JPEG, for a link',
    call: imgUpload,
    request: { resp_type: 1, upload_type: 0 },
    file: { is: 'a JPEG' },
    answer: { img_info: info('temp_img_url') },
  },
  {
    name: 'a PNG, for a media_id of the payment platform',
    call: imgUpload,
    request: { resp_type: 2 },
    file: { is: 'a PNG' },
    answer: { img_info: info('pay_media_id') },
  },
  {
    name: 'a PNG of 2 MB, and nothing said',
    call: imgUpload,
    request: {},
    file: { is: 'a PNG of 2 MB' },
    answer: { img_info: info('media_id') },
  },
  ...(['image/png', 'image/*', 'text/plain'] as const).map((mediaType) => ({
    name: `a JPEG declared ${mediaType}`,
    call: imgUpload,
    request: {},
    file: { is: 'a JPEG' as const, mediaType },
    answer: { img_info: info('media_id') },
  })),
  {
    name: 'the exchange of a link, in JSON',
    call: imgUpload,
    request: { upload_type: 1, resp_type: 1, img_url: '{site}/picture' },
    answer: { img_info: info('temp_img_url') },
  },
  {
    name: 'the exchange of a link with blanks around it',
    call: imgUpload,
    request: { upload_type: 1, resp_type: 1, img_url: ' {site}/picture ' },
    answer: { img_info: info('temp_img_url') },
  },
  {
    name: 'the exchange of a link, in the query',
    call: imgUpload,
    request: {},
    query: 'upload_type=1&resp_type=1&img_url={site}/picture',
    answer: { img_info: info('temp_img_url') },
  },
]

const photo = (is: PictureName, part: string, errcode?: number): ConformanceCase => ({
  name: part === 'buffer' ? is : `${is} in the part ${part}`,
  call: mediaUploadImg,
  file: { is, part },
  ...(errcode && { errcode }),
})

/** Source: docs/protocol/stores.md, media/uploadimg. */
const PHOTOS: readonly ConformanceCase[] = [
  ...refused(mediaUploadImg, 'merchant', 41005, [
    ['nothing', undefined],
    ['JSON', {}],
  ]),
  photo('an empty file', 'buffer', 41005),
  {
    name: 'a text in place of the file',
    call: mediaUploadImg,
    form: 'a form with a text named media',
    errcode: 41005,
  },
  photo('a JPEG', 'file', 41005),
  photo('a PNG', 'buffer', 40005),
  photo('a text', 'buffer', 40005),
  photo('a JPEG that breaks off', 'buffer', 1070011),
  photo('a JPEG of 1 MB and a byte', 'buffer', 40009),
  photo('a file of 10 MB and a byte', 'buffer', 40006),
  { ...photo('a JPEG', 'buffer'), keep: { newPhoto: 'url' } },
  photo('a JPEG', 'media'),
  {
    ...photo('a JPEG', 'buffer'),
    name: 'a JPEG declared image/png',
    file: { is: 'a JPEG', part: 'buffer', mediaType: 'image/png' },
  },
  photo('a JPEG without its last bytes', 'buffer'),
]

/** What breaks the server's disk comes last. */
export const PICTURES_STORY: Story = {
  subject: 'pictures',
  cases: [...MATERIALS_REFUSED, ...MATERIALS, ...SHOP_PICTURES_REFUSED, ...SHOP_PICTURES, ...PHOTOS, ...BROKEN],
}
