import type { Application } from './application.ts'
import { UnreadablePayload } from './payload.ts'
import type { Review } from './review.ts'

/** An application in a line. An unreadable payload is reported there, so that a list shows all others. */
export async function summarizeApplication(review: Review, application: Application): Promise<string> {
  return await orUnreadable(
    review,
    () => review.kinds[application.kind].use(async (kind) => kind.summarize(await kind.readPayload(application))),
    () => 'its payload cannot be read',
  )
}

/** What a payload is read for, or what stands for it where it cannot be read: then it is told. */
export async function orUnreadable<Answer>(
  { onUnreadable }: Pick<Review, 'onUnreadable'>,
  read: () => Promise<Answer>,
  instead: () => Answer,
): Promise<Answer> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof UnreadablePayload)) throw error
    onUnreadable(error)
    return instead()
  }
}
