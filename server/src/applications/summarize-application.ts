import type { KindName, Language } from '@shenpi/sdk/contract/states'
import { type PayloadOwner, UnreadablePayload } from './payload.ts'
import type { Review } from './review.ts'

const UNREADABLE: Readonly<Record<Language, string>> = { en: 'its payload cannot be read', zh: '内容无法读取' }

type Summarize = (application: PayloadOwner) => Promise<string>

/** An application in a line. */
export async function summarizeApplication(
  review: Review,
  application: PayloadOwner,
  language: Language = 'en',
): Promise<string> {
  const summarize = await summarizerOf(review, application.kind, language)
  return summarize(application)
}

/** Applications in a line each. An unreadable payload is reported there, so that a list shows all others. */
export async function summarizeApplications(
  review: Review,
  applications: readonly PayloadOwner[],
  language: Language = 'en',
): Promise<string[]> {
  const byKind = new Map<KindName, Summarize>()
  const summaries: string[] = []
  for (const application of applications) {
    const summarize = byKind.get(application.kind) ?? (await summarizerOf(review, application.kind, language))
    byKind.set(application.kind, summarize)
    summaries.push(await summarize(application))
  }
  return summaries
}

function summarizerOf(review: Review, name: KindName, language: Language): Promise<Summarize> {
  return review.kinds[name].use(async (kind) => {
    const read = await kind.payloadReader()
    return async (application: PayloadOwner) => {
      const payload = orUnreadable(
        review,
        () => read(application),
        () => undefined,
      )
      if (payload === undefined) return UNREADABLE[language]
      return kind.summarize(payload, language, await kind.nameSubject?.(payload, review.db))
    }
  })
}

/** What the ids in an application's payload are called, by the names of the fields. */
export function nameIds(
  review: Review,
  application: PayloadOwner,
  language: Language,
): Promise<Readonly<Record<string, string>>> {
  return review.kinds[application.kind].use(async (kind) => {
    const read = await kind.payloadReader()
    const payload = orUnreadable(
      review,
      () => read(application),
      () => undefined,
    )
    return (payload && (await kind.nameIds?.(payload, review.db, language))) ?? {}
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
