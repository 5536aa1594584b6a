import type { KindName } from '@shenpi/sdk/contract/states'
import { type PayloadOwner, UnreadablePayload } from './payload.ts'
import type { Review } from './review.ts'

type Summarize = (application: PayloadOwner) => string

/** An application in a line. */
export async function summarizeApplication(review: Review, application: PayloadOwner): Promise<string> {
  const summarize = await summarizerOf(review, application.kind)
  return summarize(application)
}

/** Applications in a line each. An unreadable payload is reported there, so that a list shows all others. */
export async function summarizeApplications(review: Review, applications: readonly PayloadOwner[]): Promise<string[]> {
  const byKind = new Map<KindName, Summarize>()
  const summaries: string[] = []
  for (const application of applications) {
    const summarize = byKind.get(application.kind) ?? (await summarizerOf(review, application.kind))
    byKind.set(application.kind, summarize)
    summaries.push(summarize(application))
  }
  return summaries
}

function summarizerOf(review: Review, name: KindName): Promise<Summarize> {
  return review.kinds[name].use(async (kind) => {
    const read = await kind.payloadReader()
    const unreadable = () => 'its payload cannot be read'
    return (application: PayloadOwner) => orUnreadable(review, () => kind.summarize(read(application)), unreadable)
  })
}

/** What a payload is read for, or what stands for it where it cannot be read: then it is told. */
export function orUnreadable<Answer>(
  { onUnreadable }: Pick<Review, 'onUnreadable'>,
  read: () => Answer,
  instead: () => Answer,
): Answer {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnreadablePayload)) throw error
    onUnreadable(error)
    return instead()
  }
}
