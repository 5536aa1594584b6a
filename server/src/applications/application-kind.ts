import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import type { KindName, Language, Move, PictureField } from '@shenpi/sdk/contract/states'
import type { Static, TSchema } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import type { CallbackEvent } from '../callbacks/event.ts'
import type { Schema } from '../db/schema.ts'
import type { AccountChange, AccountRead } from '../journal/account-change.ts'
import type { Application, DecidedApplication } from './application.ts'
import { type PayloadReader, payloadReader } from './payload.ts'

/** A picture of an application, as it was submitted. */
export interface PictureReference {
  /** The wire's name of the list it stands in. */
  field: PictureField
  reference: string
  /** The permanent link, when the picture is already ours. */
  linkKey: string | null
  /** Of the picture, when it is already ours. */
  digest?: string
}

export interface Submission<Payload> {
  payload: Payload
  pictures: readonly PictureReference[]
  at: Date
  actor: string
}

/**
 * What differs between one kind of application and another. The heart knows nothing else of devices or shops.
 * What is handed an account runs inside the submitting or the deciding change of that account.
 */
interface KindRules<Payload> {
  name: KindName
  /** The refusal while another application about the subject is under review. */
  open: ProblemCode
  /** The payload with the numbers that the account hands out, before anything else looks at it. */
  number?: (payload: Payload, account: AccountChange) => Promise<Payload>
  /** The subject, for which at most one application is open within account and kind. */
  subject: (payload: Payload) => string
  /** Refuse what the rules of the field do not allow now. `latest` is the last application about the subject. */
  admit: (account: AccountChange, submission: Submission<Payload>, latest: Application | undefined) => Promise<void>
  /** Decide at once, or leave it to the staff. */
  screen: (payload: Payload) => Move | 'review'
  /** What submitting does beside the application itself. */
  submit?: (account: AccountChange, application: Application<Payload>) => Promise<void>
  /** What approval asks of the account: it is asked with the application, before anybody knows its kind. */
  approvalReads?: readonly AccountRead<unknown>[]
  /** What approval does. */
  approve: (account: AccountChange, application: DecidedApplication<Payload, 'approved'>) => Promise<void>
  /** What rejection does. */
  reject?: (account: AccountChange, application: DecidedApplication<Payload, 'rejected'>) => Promise<void>
  /** Tell caches of a change, after a submission or a decision is committed. */
  committed?: (application: Application) => void
  /** The event that tells the merchant of the outcome; undefined where the platform has none for it. */
  announce?: (application: DecidedApplication<Payload>) => AnnouncedEvent | undefined
  /** How the native API shows the payload in a line. */
  summarize: (payload: Payload, language: Language, called?: string) => string
  /** What its line calls the subject by instead of its ids, where that is known. */
  nameSubject?: (payload: Payload, db: Kysely<Schema>) => Promise<string | undefined>
  /** What the ids in fields of the payload are called, by the fields' names, where it is known. */
  nameIds?: (payload: Payload, db: Kysely<Schema>, language: Language) => Promise<Record<string, string>>
}

export type AnnouncedEvent = Pick<CallbackEvent, 'name' | 'fields'>

/** A kind whose payload's type is known. */
export interface ApplicationKind<Payload> extends KindRules<Payload> {
  payload: TSchema
  payloadReader: PayloadReader<Payload>
}

/** A kind whose payload's type is known only within `use`: the heart holds these. */
export interface AnyKind {
  use: <Answer>(work: <Payload>(kind: ApplicationKind<Payload>) => Answer) => Answer
}

/** Kinds by name. */
export type ApplicationKinds = Readonly<Record<KindName, AnyKind>>

/**
 * State a kind. Its payload's schema types every function beside it; what comes back from the database is checked by it.
 *
 * @example
 * defineKind({ name: 'shop_scene', payload: Type.Object({ scene_group_id: Type.Integer() }), … })
 */
export function defineKind<S extends TSchema>(
  rules: KindRules<Static<S>> & { payload: S },
): ApplicationKind<Static<S>> & AnyKind {
  return usable({ ...rules, payloadReader: payloadReader(rules.payload) })
}

/** The same kind for those who do not know its payload. */
export function usable<Payload>(kind: ApplicationKind<Payload>): ApplicationKind<Payload> & AnyKind {
  return { ...kind, use: (work) => work(kind) }
}
