import { activations } from '@shenpi/sdk/contract/wire/activations'
import { type ConformanceCase, needing, type Story } from '../case.ts'
import { ABSENT, each, longest, NO_OBJECTS, NO_TEXTS, NUL, type Row, refused, tooLong } from '../refused.ts'
import { aRegistration } from '../requests.ts'
import { NOW, PICTURES } from '../world/named.ts'

const { accountRegister, accountAuditStatus } = activations
const { newcomer, stranger, nobody } = PICTURES

const withDocuments = (qualification_cert_urls: unknown) => aRegistration({ qualification_cert_urls })
const refusedRegistration = (errcode: number, rows: readonly Row[]) =>
  refused(accountRegister, 'newcomer', errcode, rows)

/** Source: docs/protocol/shakearound.md, account/register. */
const REFUSED: readonly ConformanceCase[] = [
  ...refusedRegistration(9001001, NO_OBJECTS),
  ...refusedRegistration(9001039, [
    ...each(aRegistration, 'name', [...ABSENT, ['empty', ''], ['blank', '  '], ...NO_TEXTS, NUL, ...tooLong(20)]),
    ['an empty object', {}],
  ]),
  ...refusedRegistration(
    9001040,
    each(aRegistration, 'phone_number', [
      ...ABSENT,
      ['empty', ''],
      ...NO_TEXTS,
      ['of 4 digits', '1234'],
      ['of 31 digits', '1'.repeat(31)],
      ['of letters', 'call me'],
      ['of brackets alone', '()()()'],
    ]),
  ),
  ...refusedRegistration(
    9001041,
    each(aRegistration, 'email', [
      ...ABSENT,
      ['empty', ''],
      ...NO_TEXTS,
      ['without an @', 'example.com'],
      ['with a blank', 'li lei@example.com'],
      ['of 255 characters', `${'e'.repeat(243)}@example.com`],
    ]),
  ),
  ...refusedRegistration(
    9001042,
    each(aRegistration, 'industry_id', [
      ...ABSENT,
      ...NO_TEXTS,
      ['empty', ''],
      ['a number without its zero', 118],
      ['without its zero', '118'],
      ['none of the list', '0199'],
      ['a branch alone', '01'],
      ['with a blank', '0101 '],
      ['in full-width digits', '０１０１'],
    ]),
  ),
  ...refusedRegistration(
    9001043,
    each(aRegistration, 'qualification_cert_urls', [
      ['a text', 'http://example.com/a.png'],
      ['an object', {}],
      ['of a number', [5]],
      ['of null', [null]],
      ['of an empty text', ['']],
      ['of a link of 2048 characters', [`http://example.com/${'a'.repeat(2029)}`]],
      ['of a link of 2049 characters', [`http://example.com/${'a'.repeat(2030)}`]],
      ['of a link to elsewhere', ['http://example.com/a.png']],
      ['of a link that nobody was given', [nobody.license]],
      ['of a text with U+0000', ['/wx_shake_bus/0/\u0000/0']],
      ['of 21 links', Array(21).fill(newcomer.license)],
    ]),
  ),
  ...refusedRegistration(9001043, [
    ["another account's document", withDocuments([stranger.license])],
    ["one's own document and another account's", withDocuments([newcomer.license, stranger.license])],
    ["one's own document with U+0000 before it", withDocuments([`\u0000${newcomer.license}`])],
    ['an icon', withDocuments([newcomer.icon])],
    ['a picture of the shop', withDocuments([newcomer.picture])],
    ['a media_id of the shop', withDocuments([newcomer.mediaId])],
  ]),
  ...refusedRegistration(9001044, [
    ['a document is needed: none', aRegistration({ industry_id: '0118', qualification_cert_urls: [] })],
    ['a document is needed: absent', aRegistration({ industry_id: '0118', qualification_cert_urls: undefined })],
    ['a document is needed: null', aRegistration({ industry_id: '0118', qualification_cert_urls: null })],
  ]),
  ...refusedRegistration(9001045, each(aRegistration, 'apply_reason', [...NO_TEXTS, NUL, ...tooLong(250)])),
  ...refused(accountRegister, 'unverified', 9001046, [['by an account that is not verified', aRegistration()]]),
  ...refused(accountRegister, 'applicant', 9001048, [['one is under review', aRegistration()]]),
  ...needing(
    'Shake Nearby is open for it',
    refused(accountRegister, 'merchant', 9001048, [['one is approved', aRegistration()]]),
  ),
  ...refused(accountAuditStatus, 'newcomer', 9001020, [['by an account that never applied', undefined]]),
]

const LONGEST = aRegistration({
  name: '王'.repeat(20),
  phone_number: '1'.repeat(30),
  email: `${'e'.repeat(242)}@example.com`,
  industry_id: '0118',
  qualification_cert_urls: Array(20).fill(newcomer.license),
  apply_reason: '王'.repeat(250),
})

const status = (name: string, by: ConformanceCase['by'], audit_status: number): ConformanceCase[] =>
  [undefined, 'POST'].map((method) => ({
    name: method ? `${name}, by POST` : name,
    call: accountAuditStatus,
    by,
    ...(method && { method }),
    answer: {
      ...(by !== 'merchant' && { apply_time: NOW }),
      audit_status,
      ...(audit_status === 1 && { audit_time: 0, audit_comment: 'Under review' }),
    },
  }))

const ANSWERED: readonly ConformanceCase[] = [
  ...status('an application under review', 'applicant', 1),
  ...needing('Shake Nearby is open for it', status('an application that was approved', 'merchant', 2)),
  { name: 'everything as long as it may be', call: accountRegister, by: 'newcomer', request: LONGEST },
  ...status('the application just made', 'newcomer', 1),
  {
    name: 'a second one while it is under review',
    call: accountRegister,
    by: 'newcomer',
    request: LONGEST,
    errcode: 9001048,
  },
  {
    name: 'again after a rejection, with nothing that may be left out',
    call: accountRegister,
    by: 'newcomer',
    given: 'staff reject what the newcomer applied for',
    request: {
      ...aRegistration({ phone_number: '+86 10-1234 (5678)' }),
      qualification_cert_urls: undefined,
      apply_reason: undefined,
    },
  },
  ...(
    [
      ['a phone number that begins with a bracket', { phone_number: '(0755)26668888' }],
      ['a phone number with a bracket behind its plus', { phone_number: '+(86) 755-2666' }],
      [
        'documents with blanks around their links',
        { industry_id: '0118', qualification_cert_urls: [` ${newcomer.license}\n`, `${newcomer.license} `] },
      ],
    ] as const
  ).map(
    ([name, changes]): ConformanceCase => ({
      name,
      call: accountRegister,
      by: 'newcomer',
      given: 'staff reject what the newcomer applied for',
      request: aRegistration(changes),
    }),
  ),
  {
    name: 'what staff said of the rejected one',
    call: accountAuditStatus,
    by: 'newcomer',
    given: 'staff reject what the newcomer applied for',
    answer: { audit_status: 0, audit_comment: '证件不清晰' },
  },
  ...longest(20).flatMap(([name, value]): ConformanceCase[] => [
    {
      name: `name ${name}`,
      call: accountRegister,
      by: 'newcomer',
      given: 'staff reject what the newcomer applied for',
      request: aRegistration({ name: value }),
    },
  ]),
]

export const ACTIVATIONS_STORY: Story = { subject: 'activations', cases: [...REFUSED, ...ANSWERED] }
