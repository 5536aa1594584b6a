import { differences, JUST_NOW, refused } from './compare.ts'
import type { Demo } from './demo.ts'
import {
  AUDIT_CATEGORY,
  AUDIT_RESULT,
  auditCategoryWith,
  CATEGORY_AUDIT_EVENT,
  IMG_UPLOAD,
  REFUSED,
  SAMPLE_DOCUMENT,
} from './documents.ts'

const APPLY = { path: '/shop/audit/audit_category' }
const AUDIT_ID = /^[A-Za-z0-9_-]{22}$/
const APPLIED = {
  says: 'The document: errmsg "ok" without a dot, and an audit_id of 22 characters.',
  documented: { like: AUDIT_CATEGORY.answer, where: { audit_id: AUDIT_ID } },
}

/** The third document. */
export async function applyForCategory(demo: Demo): Promise<void> {
  const { report, merchant, staff } = demo
  report.chapter('Apply for a shop category', 'the document “Category Audit”')
  await setCallback(demo)

  await merchant.call({
    ...APPLY,
    title: 'The merchant applies, with the published request to the letter',
    body: AUDIT_CATEGORY.request,
    says: 'The request is read; “URL地址” is neither a link nor a media_id: the platform’s code 1000035.',
    documented: refused(REFUSED.pictureLink),
  })

  const pictures = await uploadPictures(demo)
  const first = await merchant.call({
    ...APPLY,
    ...APPLIED,
    title: 'The merchant applies with the published request and these two pictures',
    body: auditCategoryWith(pictures),
  })
  await merchant.call({
    ...APPLY,
    title: 'The merchant applies for the same category while this one waits',
    body: auditCategoryWith(pictures),
    says: 'The platform’s code 1050009: under review.',
    documented: refused(REFUSED.categoryUnderReview),
  })
  await askResult(demo, first?.audit_id, { status: 0, reject_reason: '' }, '0 is under review, without a reason.')

  const reason = '营业执照不清晰，请重新上传'
  report.step('The staff reject it')
  await staff.command(['reject', first?.audit_id, '--reason', reason], 'The application is rejected.', /is rejected/)
  await receiveCallback(demo, { audit_id: first?.audit_id, status: 9, reject_reason: reason })
  await askResult(demo, first?.audit_id, { status: 9, reject_reason: reason }, '9 is rejected, with the reason.')

  const second = await merchant.call({
    ...APPLY,
    ...APPLIED,
    title: 'The merchant applies again',
    body: auditCategoryWith(pictures),
  })
  report.check(
    'It is a new application, with an audit_id of its own.',
    second?.audit_id === first?.audit_id ? ['the audit_id is that of the first'] : [],
  )
  report.step('The staff approve it')
  await staff.command(['approve', second?.audit_id], 'The application is approved.', /is approved/)
  await receiveCallback(demo, { audit_id: second?.audit_id, status: 1, reject_reason: '' })
  await askResult(demo, second?.audit_id, { status: 1, reject_reason: '' }, '1 is approved.')

  await merchant.call({
    ...APPLY,
    title: 'The merchant applies for the category that it has now',
    body: auditCategoryWith(pictures),
    says: 'The document: “returns an error code 1050003 if the category uploaded has been approved”.',
    documented: refused(AUDIT_CATEGORY.approved),
  })
}

async function setCallback({ report, merchant, staff, receiver }: Demo): Promise<void> {
  const { url, token, encodingAesKey } = receiver
  report.step('The merchant’s server is entered for callbacks, in secure mode')
  const command = ['account', 'callback', merchant.appid, '--callback-url', url, '--token', token]
  const secure = ['--mode', 'secure', '--format', 'xml', '--encoding-aes-key', encodingAesKey]
  await staff.command([...command, ...secure], 'The address is taken after it has been verified.', /verified/)
  const { method, target, answer, faults } = await receiver.next()
  report.came(`${method} ${target}`)
  report.sent(answer)
  report.check(
    'The platform’s verification: a signed GET, and the merchant’s server answers its echostr.',
    method === 'GET' && answer ? faults : [...faults, 'it is not a GET with an echostr'],
  )
}

/** Upload the licence for a link and the certificate for a media_id. */
async function uploadPictures({ merchant }: Demo): Promise<{ license: string; certificate: string }> {
  const upload = (title: string, name: string, resp_type: '0' | '1', info: Record<string, RegExp | string>) =>
    merchant.call({
      title,
      path: '/shop/img/upload',
      body: {
        file: { name, ...SAMPLE_DOCUMENT },
        fields: { resp_type, upload_type: '0' },
      },
      says: 'The document: “You can use the url or media_id (via the upload image interface).”',
      documented: { like: IMG_UPLOAD.answer, where: { img_info: info } },
    })
  const byLink = await upload('The merchant uploads its business licence and asks for a link', 'licence.png', '1', {
    media_id: '',
    temp_img_url: /^https?:\/\/.+\/p\/wx[0-9a-f]{16}\/\w+$/,
    pay_media_id: '',
  })
  const license: string = byLink?.img_info?.temp_img_url
  await merchant.openPicture(license)

  const byId = await upload('The merchant uploads its certificate and asks for a media_id', 'certificate.png', '0', {
    media_id: /^wxashop_/,
    temp_img_url: '',
    pay_media_id: '',
  })
  return { license, certificate: byId?.img_info?.media_id }
}

async function askResult(
  { merchant }: Demo,
  audit_id: string,
  result: { status: number; reject_reason: string },
  says: string,
): Promise<void> {
  await merchant.call({
    title: 'The merchant asks for the result',
    path: '/shop/audit/result',
    body: JSON.stringify({ audit_id }),
    says: `The platform’s audit/result: ${says}`,
    documented: { like: AUDIT_RESULT.answer, where: { data: { ...result, brand_id: 0 } } },
  })
}

async function receiveCallback(
  { report, receiver }: Demo,
  outcome: { audit_id: string; status: number; reject_reason: string },
): Promise<void> {
  report.step('The merchant’s server is called back')
  const { method, target, body, message, event, answer, faults } = await receiver.next()
  report.came(`${method} ${target}`)
  report.more(body, 2)
  if (message) report.more(`decrypted: ${message}`)
  report.sent(answer)
  report.check(
    'The platform’s push: signature and msg_signature hold, and it decrypts to a message for this appid.',
    faults,
  )
  const documented = {
    like: CATEGORY_AUDIT_EVENT,
    where: {
      CreateTime: JUST_NOW,
      MsgType: 'event',
      Event: CATEGORY_AUDIT_EVENT.Event,
      QualificationAuditResult: { ...outcome, audit_type: 2 },
    },
  }
  report.check('The document: after the audit the merchant is informed of its result.', differences(documented, event))
}
