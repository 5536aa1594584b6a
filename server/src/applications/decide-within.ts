import type { AccountChange } from '../journal/account-change.ts'
import { changeAccount } from '../journal/change-account.ts'
import { NoSuchAccount } from '../journal/journal.store.ts'
import { Problem } from '../problem.ts'
import { isChangedSince, saveDecision } from './application.store.ts'
import { type Application, type DecidedApplication, type Decision, decide, type Opinion } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import type { ApplicationKind } from './application-kind.ts'
import { type ApplicationInFull, getApplicationInFull } from './application-picture.store.ts'
import { countDecision } from './decision-day.store.ts'
import type { Review } from './review.ts'
import { orUnreadable } from './summarize-application.ts'

/** Change an account by a decision about an application. What an approval needs to know is asked with the application. */
export async function changeByDecision<A extends Application>(
  review: Review,
  key: ApplicationKey,
  { move }: Pick<Decision, 'move'>,
  work: (account: AccountChange, before: ApplicationInFull) => Promise<A>,
): Promise<A> {
  const application = await changeAccount(review.db, key.accountId, async (account) => {
    account.willPromise()
    if (move === 'approve') for (const read of approvalReads(review)) void account.ask(read)
    return await work(account, await getApplicationInFull(account.trx, key))
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

/**
 * Give an application its outcome within a change that is under way: nothing stands between.
 *
 * @param opinions given before, which the trail names with the decision
 */
export function decideNow(
  review: Review,
  account: AccountChange,
  before: Application,
  decision: Decision,
  opinions: readonly Opinion[] = [],
): Promise<DecidedApplication> {
  return review.kinds[before.kind].use((kind) => decideWithin(review, account, kind, before, decision, opinions))
}

/** The same for who knows the kind: for an application screened at once. */
export async function decideWithin<Payload>(
  review: Review,
  account: AccountChange,
  kind: ApplicationKind<Payload>,
  before: Application,
  decision: Decision,
  opinions: readonly Opinion[] = [],
): Promise<DecidedApplication> {
  const after = decide(before, decision, opinions)
  await saveDecision(account.trx, before, after)
  await countDecision(account.trx, after, review.calendar())
  const readable = await readDecided(review, kind, after)
  const deliveryNo = readable && (await takeEffect(review, account, kind, readable))
  const { applicationNo, version } = after
  const { at, actor, move, reason } = decision
  const promised = deliveryNo === undefined ? {} : { delivery_no: deliveryNo }
  const missed = readable ? {} : { without_effect: 'its payload cannot be read' }
  const detail = { reason, version, ...promised, ...missed, ...howDecided(before, decision, opinions) }
  account.append({ at, actor, action: `application.${move}`, applicationNo, detail })
  if (decision.actorKey && review.policy().samples.length > 0) {
    const { drawSample } = await import('./draw-sample.ts')
    await drawSample(review, account, after, decision, opinions)
  }
  return after
}

/** What the trail tells of some decisions only. */
function howDecided({ claim }: Application, decision: Decision, opinions: readonly Opinion[]) {
  const { fields = [], template, override } = decision
  return {
    ...(fields.length > 0 && { fields }),
    ...(template && { template: { reason_no: template.reasonNo, version: template.version } }),
    ...(opinions.length > 0 && { opinions: opinions.map(({ actor, at }) => ({ by: actor, at: at.toISOString() })) }),
    ...(override && claim && { override: `claimed by ${claim.name}` }),
  }
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
  return (
    event && (await account.promise({ applicationNo, ...event, at, dueAt: new Date(clock.due(account.accountId)) }))
  )
}
