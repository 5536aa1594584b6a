import type { KindName } from '@shenpi/sdk/contract/states'
import type { Transaction } from 'kysely'
import { isUniqueViolation } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import type { AccountChange } from '../journal/account-change.ts'
import { changeAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import { dueAt } from '../time/working-days.ts'
import { insertTraces, leaveToBacklog } from '../traces/trace.store.ts'
import { PHOTOS, pictureTrace, tracesOf } from '../traces/trace.ts'
import { findLatestApplication, insertApplication } from './application.store.ts'
import { type Application, newApplication } from './application.ts'
import type { ApplicationKind, PictureReference, Submission } from './application-kind.ts'
import { insertPictures } from './application-picture.store.ts'
import { decideWithin } from './decide-within.ts'
import { pictureQueue } from './picture.queue.ts'
import type { Review } from './review.ts'

interface NewApplication {
  accountId: number
  kind: KindName
  payload: unknown
  pictures?: readonly PictureReference[]
  /** Who submits: `merchant`, or whoever acts for it. */
  actor?: string
}

/**
 * Submit an application: the only way to create one. It is under review afterwards, or decided at once by the screening of
 * its kind, or by a rule of a sandbox.
 *
 * @throws Problem the kind's `open` while another about the same subject is under review, and what its `admit` refuses.
 */
export function submitApplication(review: Review, submitted: NewApplication): Promise<Application> {
  return review.kinds[submitted.kind].use(async (kind) => {
    const { accountId, pictures = [], actor = 'merchant' } = submitted
    const readPayload = await kind.payloadReader()
    const payload = readPayload(submitted)
    const submission = { payload, pictures, at: review.clock.now(accountId), actor }
    try {
      const application = await changeAccount(review.db, accountId, (account) =>
        submitWithin(review, account, kind, submission),
      )
      kind.committed?.(application)
      return application
    } catch (error) {
      // The journal's lock makes this impossible; the unique index holds even if somebody removes the lock.
      if (isUniqueViolation(error)) throw new Problem(kind.open)
      throw error
    }
  })
}

async function submitWithin<Payload>(
  review: Review,
  account: AccountChange,
  kind: ApplicationKind<Payload>,
  submission: Submission<Payload>,
): Promise<Application> {
  const { trx, accountId } = account
  const { pictures, at, actor } = submission
  const payload = kind.number ? await kind.number(submission.payload, account) : submission.payload
  const subject = kind.subject(payload)
  const latest = await findLatestApplication(trx, { accountId, kind: kind.name, subject })
  if (latest?.state === 'under_review') throw new Problem(kind.open)
  await kind.admit(account, { ...submission, payload }, latest)

  const applicationNo = await account.number('application')
  const application = newApplication({
    accountId,
    applicationNo,
    kind: kind.name,
    subject,
    payload,
    appliedAt: at,
    dueAt: dueAt(at, review.policy().reviewWorkingDays, review.calendar()),
    resubmissionOf: latest?.state === 'rejected' ? latest.applicationNo : null,
  })
  await insertApplication(trx, application)
  await insertPictures(trx, application, pictures, new Date(review.clock.due(accountId)))
  if (pictures.some(({ linkKey }) => !linkKey)) account.leave(pictureQueue)
  await leaveTraces(trx, application, pictures)
  await kind.submit?.(account, application)
  const detail = { kind: kind.name, subject, payload, pictures: pictures.map(({ reference }) => reference) }
  account.append({ at, actor, action: 'application.submit', applicationNo, detail })

  const ruled = await review.outcomes?.give(review, account, application)
  if (ruled) return ruled
  const move = kind.screen(payload)
  if (move === 'review' || (move === 'approve' && (await isForTwo(review, application)))) return application
  return await decideWithin(review, account, kind, application, { move, actor: 'quick_review', reason: '', at })
}

/** What the application can be found by, but for the looks of its photos, which are left to the backlog. */
async function leaveTraces(
  trx: Transaction<Schema>,
  application: Application,
  pictures: readonly PictureReference[],
): Promise<void> {
  const digests = new Set(pictures.flatMap(({ digest }) => digest ?? []))
  await insertTraces(trx, application, [
    ...tracesOf(application.kind, application.payload),
    ...[...digests].map(pictureTrace),
  ])
  if (pictures.some(({ field }) => field === PHOTOS)) await leaveToBacklog(trx, application)
}

/** What two people are to approve is approved by no screening. */
async function isForTwo({ policy }: Review, application: Application): Promise<boolean> {
  if (!policy().secondOpinion.some(({ kind }) => kind === application.kind)) return false
  const { needsTwo } = await import('./second-opinion.ts')
  const { numberIn } = await import('./review-stages.ts')
  return needsTwo(policy(), application, numberIn)
}
