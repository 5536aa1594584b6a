import { JUST_NOW, refused } from './compare.ts'
import type { Demo } from './demo.ts'
import { AUDIT_STATUS, MATERIAL_ADD, REFUSED, REGISTER, SAMPLE_DOCUMENT } from './documents.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** The first document, sentence by sentence. */
export async function openShakeNearby({ report, merchant, staff }: Demo): Promise<void> {
  report.chapter('Open Shake Nearby for an account', 'the document “Apply to activate the shake function”')
  const register = { path: '/shakearound/account/register' }
  const status = { method: 'GET', path: '/shakearound/account/auditstatus' } as const

  await merchant.call({
    ...register,
    title: 'The merchant applies, with the published request to the letter',
    body: REGISTER.request,
    says: 'The document: “Return when normal” { "data": { }, "errcode": 0, "errmsg": "success." }',
    documented: { like: REGISTER.answer },
  })
  await merchant.call({
    ...status,
    title: 'The merchant asks how the application stands',
    says: 'The document: audit_status “1: Under review”; “then the time value is 0”.',
    documented: {
      like: AUDIT_STATUS.answer,
      where: { data: { apply_time: JUST_NOW, audit_status: 1, audit_time: 0 } },
    },
  })
  await merchant.call({
    ...register,
    title: 'The merchant applies once more, too early',
    body: REGISTER.request,
    says: 'The document: “The application request cannot be submitted during the review status.”',
    documented: refused(REFUSED.activationUnderReview),
  })

  report.step('The staff see it, with the day by which it is due')
  const queue = /^\d+-\d+ +account_activation +wx\w+ +under_review/m
  await staff.command(['applications'], 'It waits in the list of what is under review.', queue)
  const { id, applied_at, due_at } = await staff.waiting('account_activation')
  const days = (Date.parse(due_at) - Date.parse(applied_at)) / DAY_MS
  report.check(
    'The document: “the staff will complete the review within three working days”, China’s holidays left out.',
    // Three working days are never shorter, and no holiday makes them longer.
    days >= 3 && days < 17 ? [] : [`it is due at ${due_at}, ${days.toFixed(1)} days after ${applied_at}`],
  )

  const reason = 'The licence in the picture has expired.'
  report.step('The staff reject it')
  await staff.command(['reject', id, '--reason', reason], 'The application is rejected.', /is rejected/)
  await merchant.call({
    ...status,
    title: 'The merchant asks again',
    says: 'The document: audit_status “0: The review failed”; audit_comment “including reasons for failing”.',
    documented: {
      like: AUDIT_STATUS.answer,
      where: { data: { apply_time: JUST_NOW, audit_comment: reason, audit_status: 0, audit_time: JUST_NOW } },
    },
  })
  const uploaded = await merchant.call({
    title: 'The merchant uploads a better picture',
    path: '/shakearound/material/add',
    query: 'type=license',
    body: { file: { name: 'licence.png', ...SAMPLE_DOCUMENT } },
    says: 'The document: “Returned picture URL configure it here again”.',
    documented: {
      like: MATERIAL_ADD.answer,
      where: { data: { pic_url: /^http:.*\/wx_shake_bus\/0\/[0-9a-f]{42}\/0$/ } },
    },
  })
  const pictures = [uploaded?.data?.pic_url]
  await merchant.call({
    ...register,
    title: 'The merchant applies again',
    body: JSON.stringify({ ...JSON.parse(REGISTER.request), qualification_cert_urls: pictures }),
    says: 'The document: “If the review fails, you can resubmit the application request.”',
    documented: { like: REGISTER.answer },
  })
  report.step('The staff approve it')
  const again = await staff.waiting('account_activation')
  await staff.command(['approve', again.id], 'The application is approved.', /is approved/)
  await merchant.call({
    ...status,
    title: 'The merchant asks a last time',
    says: 'The document: audit_status “2: The review has been passed”; audit_time is when.',
    documented: {
      like: AUDIT_STATUS.answer,
      where: { data: { apply_time: JUST_NOW, audit_status: 2, audit_time: JUST_NOW } },
    },
  })
}
