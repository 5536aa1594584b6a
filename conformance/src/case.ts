import type { Call } from '@shenpi/sdk/contract/call'
import { wire } from '@shenpi/sdk/contract/wire'
import type { FormName } from './files/forms.ts'
import type { PictureName } from './files/pictures.ts'
import type { Fact, Given } from './world/given.ts'
import type { Member } from './world/world.ts'

/**
 * One request to the wire and what it is answered, as plain data: the tests make it, docs/conformance.md lists it, and
 * the OpenAPI document shows it as an example.
 *
 * A text in a request or an answer may hold `{place}`: what the world or a case above found out, such as a link. A text
 * that is nothing else stands for the value itself, be it a number or a text.
 */
export interface ConformanceCase {
  name: string
  call: Call
  /** Who calls: the merchant when absent, nobody when null. */
  by?: Member | null
  /** What is brought about before it, that no call of the wire does. */
  given?: Given
  /** What a case above it has brought about, without which this one is not so. */
  after?: Given
  /** What is true of the account before the story, without which this one is not so. */
  needs?: Fact
  /**
   * The JSON body; of an upload the fields of its form, of a call by GET the arguments of its query. A text is a body as it
   * stands, and bytes are `{ base64 }`.
   */
  request?: unknown
  /** Of an upload: its file, and the part of the form that it stands in when that is not the call's own. */
  file?: { is: PictureName; part?: string; mediaType?: string }
  /** A whole form that is not as it should be, instead of `request` and `file`. */
  form?: FormName
  /** What else the request has that is not as usual. */
  path?: string
  method?: string
  headers?: Readonly<Record<string, string>>
  /** Stands in the query, behind the access token. */
  query?: string
  /** It is refused with this, and nothing that is stored changes. */
  errcode?: number
  /**
   * Otherwise the answer has at least these members, and lists of just these items. Of Shake Nearby it is the content of
   * `data`.
   */
  answer?: unknown
  /** What of the answer cases below speak of: the name of a place, and where in the answer it stands (`img_info.media_id`). */
  keep?: Readonly<Record<string, string>>
}

/** Cases that follow one another: each begins where the one before it ended. */
export interface Story {
  subject: string
  cases: readonly ConformanceCase[]
}

/** What a case is called, in tests and in documents. */
export const titleOf = ({ call, name }: ConformanceCase): string => `${call.path}: ${name}`

const SUBJECTS = new Map<Call, string>(
  Object.entries(wire).flatMap(([group, calls]) => Object.values<Call>(calls).map((call) => [call, toFileName(group)])),
)

/** The subject of a call, as the file is named that states it. */
export const subjectOf = (call: Call): string => SUBJECTS.get(call) ?? ''

/** What `--only` takes: the subjects, and what every call refuses alike. */
export const SUBJECT_NAMES: readonly string[] = [...new Set(SUBJECTS.values()), 'any-call']

function toFileName(group: string): string {
  return group.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** Cases that are so only when what a case above them has brought about is so. */
export const after = (given: Given, cases: readonly ConformanceCase[]): ConformanceCase[] =>
  cases.map((one) => ({ ...one, after: given }))

/** Cases that are so only of an account of which this is true before the story. */
export const needing = (fact: Fact, cases: readonly ConformanceCase[]): ConformanceCase[] =>
  cases.map((one) => ({ ...one, needs: fact }))
