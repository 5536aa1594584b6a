import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import type { KindName, Move } from '@shenpi/sdk/contract/states'
import type { Transaction } from 'kysely'
import type { CallbackEvent } from '../callbacks/event.ts'
import type { Schema } from '../db/schema.ts'
import type { AccountChange } from '../journal/account-change.ts'
import type { Application } from './application.ts'

/** A picture of an application, as it was submitted. */
export interface PictureReference {
  /** The wire's name of the list it stands in. */
  field: string
  reference: string
  /** The permanent link, when the picture is already ours. */
  linkKey: string | null
}

export interface Submission<Payload> {
  accountId: number
  payload: Payload
  pictures: readonly PictureReference[]
  at: Date
  actor: string
}

/**
 * What differs between one kind of application and another. The heart knows nothing else of devices or shops.
 * Everything here runs inside the submitting or the deciding transaction, with the account's journal locked, but for
 * `committed`.
 */
export interface ApplicationKind<Payload = never> {
  name: KindName
  /** The payload with the numbers that the journal hands out, before anything else looks at it. */
  number?(payload: Payload, account: AccountChange): object
  /** The subject, for which at most one application is open within account and kind. */
  subject(payload: Payload): string
  /** The refusal while another application about the subject is under review. */
  open: ProblemCode
  /** Refuse what the rules of the field do not allow now. `latest` is the last application about the subject. */
  admit(db: Transaction<Schema>, submission: Submission<Payload>, latest: Application | undefined): Promise<void>
  /** Decide at once, or leave it to the staff. */
  screen(payload: Payload): Move | 'review'
  /** What submitting does beside the application itself. */
  submit?(db: Transaction<Schema>, application: Application): Promise<void>
  /** What approval does. */
  approve(db: Transaction<Schema>, application: Application): Promise<void>
  /** What rejection does. */
  reject?(db: Transaction<Schema>, application: Application): Promise<void>
  /** Tell caches of a change, after a submission or a decision is committed. */
  committed?(application: Application): void
  /**
   * The event that tells the merchant of the outcome, and its members beside the common ones; undefined where the
   * platform has no event for it.
   */
  announce?(application: Application): Pick<CallbackEvent, 'name' | 'fields'> | undefined
  /** How the native API shows the payload in a line. */
  summarize(payload: Payload): string
}

/** Kinds by name, for the heart, which does not know their payloads. */
export type ApplicationKinds = Readonly<Record<KindName, ApplicationKind>>
