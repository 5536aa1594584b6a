import type { DigestedPicture } from '../applications/list-digests.ts'
import type { Trace } from '../traces/trace.ts'
import type { TracedApplication } from './traced-application.store.ts'

/** An application that has something in common with another. `distance`: in how many places of 64 their photos differ. */
export type LinkedApplication = TracedApplication & { distance?: number }

/** What an application has in common with others: links, no decision. */
export interface Signal extends Trace {
  pictures: readonly Pick<DigestedPicture, 'field' | 'position'>[]
  applications: readonly LinkedApplication[]
  /** There are more than these. */
  more: boolean
}

export const rejectedIn = ({ applications }: Signal): number =>
  applications.filter(({ state }) => state === 'rejected').length
