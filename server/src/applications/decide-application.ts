import type { AccountChange } from '../journal/account-change.ts'
import { changeAccount } from '../journal/change-account.ts'
import { NoSuchAccount } from '../journal/journal.store.ts'
import { Problem } from '../problem.ts'
import { isChangedSince, saveDecision } from './application.store.ts'
import { type Application, type DecidedApplication, type Decision, decide } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import type { ApplicationKind } from './application-kind.ts'
import { type ApplicationInFull, getApplicationInFull } from './application-picture.store.ts'
import type { Review } from './review.ts'
import { orUnreadable } from './summarize-application.ts'

/**
 * Decide an application: the only way to an outcome. Outcome, effect, entry of the trail and delivery commit together, or
 * not at all.
 *
 * @throws Problem `application.unknown`, and what {@link decide} and the kind's approval refuse.
 * @throws UnreadablePayload when an application is to be approved whose payload cannot be read.
 */
export async function decideApplication(
  review: Review,
  key: ApplicationKey,
  decision: Omit<Decision, 'at'>,
): Promise<ApplicationInFull> {
  const at = review.clock.now()
  const application = await changeAccount(review.db, key.accountId, async (account) => {
    account.willPromise()
    if (decision.move === 'approve') for (const read of approvalReads(review)) void account.ask(read)
    const { pictures, ...before } = await getApplicationInFull(account.trx, key)
    const after = await review.kinds[before.kind].use((kind) =>
      decideWithin(review, account, kind, before, { ...decision, at }),
    )
    return { ...after, pictures }
  }).catch((error: unknown) => {
    if (error instanceof NoSuchAccount) throw new Problem('application.unknown')
    // The journal's lock makes this impossible; the statement fails even if somebody removes the lock.
    throw isChangedSince(error) ? new Problem('application.changed') : error
  })
  review.kinds[application.kind].use((kind) => kind.committed?.(application))
  return application
}

const approvalReads = ({ kinds }: Review) =>
  Object.values(kinds).flatMap((kind) => kind.use(({ approvalReads = [] }) => approvalReads))

/** The same within a change of the account that is under way: for an application screened at once. */
export async function decideWithin<Payload>(
  review: Review,
  account: AccountChange,
  kind: ApplicationKind<Payload>,
  before: Application,
  decision: Decision,
): Promise<DecidedApplication> {
  const after = decide(before, decision)
  await saveDecision(account.trx, before, after)
  const readable = await readDecided(review, kind, after)
  const deliveryNo = readable && (await takeEffect(review, account, kind, readable))
  const { applicationNo, version } = after
  const { at, actor, move, reason } = decision
  const promised = deliveryNo === undefined ? {} : { delivery_no: deliveryNo }
  const missed = readable ? {} : { without_effect: 'its payload cannot be read' }
  const detail = { reason, version, ...promised, ...missed }
  account.append({ at, actor, action: `application.${move}`, applicationNo, detail })
  return after
}

/** With its payload. One that cannot be read can be rejected only, so that it does not block its subject: undefined. */
async function readDecided<Payload>(
  review: Review,
  kind: ApplicationKind<Payload>,
  after: DecidedApplication,
): Promise<DecidedApplication<Payload> | undefined> {
  const readPayload = await kind.payloadReader()
  const read = () => ({ ...after, payload: readPayload(after) })
  return after.state === 'approved' ? read() : orUnreadable(review, read, () => undefined)
}

/** @returns the number of the delivery that tells the merchant, if there is one */
async function takeEffect<Payload>(
  { clock }: Review,
  account: AccountChange,
  kind: ApplicationKind<Payload>,
  after: DecidedApplication<Payload>,
): Promise<number | undefined> {
  if (after.state === 'approved') await kind.approve(account, after)
  else await kind.reject?.(account, after)
  const { applicationNo, decidedAt: at } = after
  const event = kind.announce?.(after)
  return event && (await account.promise({ applicationNo, ...event, at, dueAt: new Date(clock.machine()) }))
}
