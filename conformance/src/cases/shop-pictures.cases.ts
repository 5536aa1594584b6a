import { pictures } from '@shenpi/sdk/contract/wire/pictures'
import type { ConformanceCase, Story } from '../case.ts'
import { NO_TEXTS, refused, refusedFiles, type SentFile } from '../refused.ts'

const call = pictures.imgUpload
const by = 'merchant'

const files = (errcode: number, ...sent: readonly SentFile[]) => refusedFiles(call, by, errcode, sent)

const exchanged = (name: string, img_url: unknown) => [name, { upload_type: 1, img_url }] as const

/** Links whose server, or what it answers, is none of a picture's. */
const UNFETCHABLE = [
  'http://10.0.0.1/x',
  'http://169.254.169.254/latest/meta-data/',
  'http://[::ffff:10.0.0.1]/x',
  'http://0x0a000001/x',
  'http://nowhere.invalid/x',
  'http://127.0.0.1:1/x',
]

/** Source: docs/protocol/shops.md, img/upload. */
const REFUSED: readonly ConformanceCase[] = [
  ...refused(call, by, 1070001, [
    ['nothing', undefined],
    ['JSON', {}],
    ['a URL-encoded form', 'resp_type=1&upload_type=0'],
  ]),
  ...files(1070001, 'an empty file'),
  { name: 'a text in place of the file', call, form: 'a form with a text named media', errcode: 1070001 },
  { name: 'a file in another part', call, request: {}, file: { is: 'a PNG', part: 'file' }, errcode: 1070001 },
  ...['resp_type', 'upload_type'].flatMap((field) =>
    ['3', '-1', 'x', '1.5', 'true'].map(
      (value): ConformanceCase => ({
        name: `${field} ${value}`,
        call,
        request: { [field]: value },
        file: { is: 'a PNG' },
        errcode: 40097,
      }),
    ),
  ),
  { name: 'resp_type 3 in the query', call, query: 'resp_type=3', request: {}, errcode: 40097 },
  { name: 'no link', call, query: 'upload_type=1', request: {}, errcode: 990007 },
  ...refused(call, by, 990007, [exchanged('null for the link', null)]),
  ...refused(call, by, 1000035, [
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
  ...refused(call, by, 1070008, [
    ...UNFETCHABLE.map((link) => exchanged(`the link ${link}`, link)),
    exchanged('a link of 2048 characters', `http://10.0.0.1/${'a'.repeat(2032)}`),
    exchanged('a link that is not there', '{site}/missing'),
    exchanged('a link that fails', '{site}/broken'),
    exchanged('a link that leads elsewhere', '{site}/moved'),
    exchanged('a link to more than 2 MB', '{site}/huge'),
  ]),
  ...refused(call, by, 1070011, [
    exchanged('a link to a page', '{site}/page'),
    exchanged('a link to an SVG', '{site}/svg'),
    exchanged('a link to a WebP', '{site}/webp'),
    exchanged('a link to a GIF', '{site}/gif'),
    exchanged('a link to a picture that breaks off', '{site}/cut'),
  ]),
  ...files(40005, 'a text', 'an SVG', 'a WebP', 'a GIF', ['a GIF', 'image/png'], 'a PDF'),
  ...files(40006, 'a PNG of 2 MB and a byte'),
  ...files(
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

const ANSWERED: readonly ConformanceCase[] = [
  {
    name: 'a PNG, for a media_id',
    call,
    request: { resp_type: 0, upload_type: 0 },
    file: { is: 'a PNG' },
    answer: { img_info: info('media_id') },
    keep: { newMediaId: 'img_info.media_id' },
  },
  {
    name: 'a JPEG, for a link',
    call,
    request: { resp_type: 1, upload_type: 0 },
    file: { is: 'a JPEG' },
    answer: { img_info: info('temp_img_url') },
  },
  {
    name: 'a PNG, for a media_id of the payment platform',
    call,
    request: { resp_type: 2 },
    file: { is: 'a PNG' },
    answer: { img_info: info('pay_media_id') },
  },
  {
    name: 'a PNG of 2 MB, and nothing said',
    call,
    request: {},
    file: { is: 'a PNG of 2 MB' },
    answer: { img_info: info('media_id') },
  },
  ...(['image/png', 'image/*', 'text/plain'] as const).map((mediaType) => ({
    name: `a JPEG declared ${mediaType}`,
    call,
    request: {},
    file: { is: 'a JPEG' as const, mediaType },
    answer: { img_info: info('media_id') },
  })),
  {
    name: 'the exchange of a link, in JSON',
    call,
    request: { upload_type: 1, resp_type: 1, img_url: '{site}/picture' },
    answer: { img_info: info('temp_img_url') },
  },
  {
    name: 'the exchange of a link with blanks around it',
    call,
    request: { upload_type: 1, resp_type: 1, img_url: ' {site}/picture ' },
    answer: { img_info: info('temp_img_url') },
  },
  {
    name: 'the exchange of a link, in the query',
    call,
    request: {},
    query: 'upload_type=1&resp_type=1&img_url={site}/picture',
    answer: { img_info: info('temp_img_url') },
  },
]

export const SHOP_PICTURES: Story = { subject: 'pictures of the shop', cases: [...REFUSED, ...ANSWERED] }
