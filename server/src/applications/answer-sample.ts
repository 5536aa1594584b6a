import type { Move } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { changeAccount } from '../journal/change-account.ts'
import { NoSuchAccount } from '../journal/journal.store.ts'
import { Problem } from '../problem.ts'
import { getApplication } from './application.store.ts'
import type { Application } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import type { Review } from './review.ts'
import { findSample, type Sample, saveAnswer } from './sample.store.ts'

/** A sample for somebody who did not decide it. @throws Problem `sample.unknown`, `sample.own` */
export async function getSampleFor(db: Kysely<Schema>, key: ApplicationKey, actorKey: string): Promise<Sample> {
  const sample = await findSample(db, key)
  if (!sample) throw new Problem('sample.unknown')
  if (sample.deciderKeys.includes(actorKey)) throw new Problem('sample.own')
  return sample
}

/**
 * Say how one would have decided. The outcome stays as it is.
 *
 * @throws Problem `application.unknown`, `sample.unknown`, `sample.own`, `sample.answered`
 */
export async function answerSample(
  { db, clock }: Review,
  key: ApplicationKey,
  answer: { move: Move; note: string; actor: string; actorKey: string },
): Promise<{ sample: Sample; application: Application }> {
  return await changeAccount(db, key.accountId, async (account) => {
    const application = await getApplication(account.trx, key)
    const sample = await getSampleFor(account.trx, key, answer.actorKey)
    const at = clock.now(key.accountId)
    const { move, note, actor } = answer
    if (!(await saveAnswer(account.trx, key, { move, note, by: actor, at }))) throw new Problem('sample.answered')
    const detail = { move, note, decided: sample.move }
    account.append({ at, actor, action: 'application.sample_answer', applicationNo: key.applicationNo, detail })
    return { sample, application }
  }).catch((error: unknown) => {
    throw error instanceof NoSuchAccount ? new Problem('application.unknown') : error
  })
}
