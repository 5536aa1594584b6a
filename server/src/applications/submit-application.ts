import type { KindName } from '@shenpi/sdk/contract/states'
import { isUniqueViolation } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import { dueAt } from '../time/working-days.ts'
import { findLatestApplication, insertApplication } from './application.store.ts'
import type { Application } from './application.ts'
import type { PictureReference } from './application-kind.ts'
import { insertPictures } from './application-picture.store.ts'
import { decideWithin } from './decide-application.ts'
import type { Review } from './review.ts'

export interface NewApplication {
  accountId: number
  kind: KindName
  payload: unknown
  pictures?: readonly PictureReference[]
  /** Who submits: `merchant`, or whoever acts for it. */
  actor?: string
}

/**
 * Submit an application: the only way to create one. It is under review afterwards, or decided at once by the screening of
 * its kind.
 *
 * @throws Problem the kind's `open` while another about the same subject is under review, and what its `admit` refuses.
 */
export async function submitApplication(review: Review, submission: NewApplication): Promise<Application> {
  const { accountId, pictures = [], actor = 'merchant' } = submission
  const kind = review.kinds[submission.kind]
  const at = review.clock.now()

  const submit = changeAccount(review.db, accountId, async (account) => {
    const { trx } = account
    const payload = (kind.number?.(submission.payload as never, account) ?? submission.payload) as never
    const subject = kind.subject(payload)
    const latest = await findLatestApplication(trx, { accountId, kind: kind.name, subject })
    if (latest?.state === 'under_review') throw new Problem(kind.open)
    await kind.admit(trx, { accountId, payload, pictures, at, actor }, latest)

    const applicationNo = account.number('application')
    const application: Application = {
      accountId,
      applicationNo,
      kind: kind.name,
      subject,
      state: 'under_review',
      payload,
      version: 1,
      appliedAt: at,
      dueAt: dueAt(at, review.reviewWorkingDays),
      decidedAt: null,
      decidedBy: null,
      reason: '',
      resubmissionOf: latest?.state === 'rejected' ? latest.applicationNo : null,
    }
    account.write(insertApplication(trx, application))
    account.write(insertPictures(trx, application, pictures, new Date(review.clock.machine())))
    if (kind.submit) account.write(kind.submit(trx, application))
    const detail = { kind: kind.name, subject, payload, pictures: pictures.map(({ reference }) => reference) }
    account.append({ at, actor, action: 'application.submit', applicationNo, detail })
    const move = kind.screen(payload)
    if (move === 'review') return application
    return await decideWithin(review, account, application, { move, actor: 'quick_review', reason: '', at })
  })
  try {
    const application = await submit
    kind.committed?.(application)
    review.onChange(accountId)
    return application
  } catch (error) {
    // The journal's lock makes this impossible; the unique index holds even if somebody removes the lock.
    if (isUniqueViolation(error)) throw new Problem(kind.open)
    throw error
  }
}
