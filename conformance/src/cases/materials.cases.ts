import { pictures } from '@shenpi/sdk/contract/wire/pictures'
import type { ConformanceCase, Story } from '../case.ts'
import type { PictureName } from '../files/pictures.ts'
import { refused, refusedFiles, type SentFile } from '../refused.ts'

const call = pictures.materialAdd
const by = 'newcomer'

const files = (errcode: number, ...sent: readonly SentFile[]) => refusedFiles(call, by, errcode, sent)

/** Source: docs/protocol/shakearound.md, material/add. */
const REFUSED: readonly ConformanceCase[] = [
  ...refused(call, by, 9001007, [
    ['nothing', undefined],
    ['JSON', { media: 'x' }],
    ['bytes that are no multipart', { base64: '/9j/' }],
  ]),
  ...files(9001007, 'an empty file'),
  { name: 'a text in place of the file', call, by, form: 'a form with a text named media', errcode: 9001007 },
  { name: 'a file in another part', call, by, file: { is: 'a PNG', part: 'file' }, errcode: 9001007 },
  ...['other', 'ICON', 'icon%00', '1'].map(
    (type): ConformanceCase => ({
      name: `type=${type}`,
      call,
      by,
      query: `type=${type}`,
      file: { is: 'a PNG' },
      errcode: 9001008,
    }),
  ),
  ...files(
    9001008,
    'a text',
    'a page of HTML',
    'an SVG',
    ['an SVG', 'image/png'],
    'a WebP',
    ['a WebP', 'image/png'],
    'a PDF',
  ),
  ...files(9001009, 'a PNG of 201 × 201 pixels', 'a PNG that is not square', 'a PNG of 2 MB and a byte'),
  ...files(
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
  call,
  by,
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

const ANSWERED: readonly ConformanceCase[] = [
  taken('a PNG', 'type=icon', { newPicture: 'pic_url' }),
  taken('a PNG', ''),
  taken('a JPEG', 'type=icon'),
  taken('a GIF', 'type=icon'),
  taken('a PNG of 200 × 200 pixels', 'type=icon'),
  taken('a PNG that is not square', 'type=license'),
  taken('a PNG of 201 × 201 pixels', 'type=license'),
  taken('a PNG of 2 MB', 'type=license'),
  ...DECLARED.map(
    ([is, mediaType]): ConformanceCase => ({ name: `${is} declared ${mediaType}`, call, by, file: { is, mediaType } }),
  ),
]

const BROKEN: readonly ConformanceCase[] = [
  {
    name: 'a disk that cannot be written',
    call,
    by,
    given: 'the disk of the pictures is gone',
    file: { is: 'a JPEG' },
    errcode: -1,
  },
]

export const MATERIALS: Story = { subject: 'materials', cases: [...REFUSED, ...ANSWERED, ...BROKEN] }
