import type { Static } from '@sinclair/typebox'
import { endpoint, Nullable, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { INVITATION_PURPOSES, SIGN_IN_STEPS } from '../states.ts'
import { Roles } from './keys.ts'
import {
  Challenge,
  Language,
  OwnAccount,
  PasswordInput,
  RecoveryCode,
  StaffName,
  TotpCode,
  UsedCredential,
} from './own-account.ts'

/** What a sign-in leads to: a session, whose cookie comes with the answer, or a second step. */
const SignInStep = Type.Object({
  step: OneOf(SIGN_IN_STEPS, { description: 'second_factor: send `challenge` with a code within five minutes.' }),
  challenge: Nullable(Type.String()),
  account: Nullable(OwnAccount),
})

const InvitationToken = Type.String({
  pattern: '^[A-Za-z0-9_-]{20,100}$',
  description: 'What follows the # in the link.',
})

const Invitation = Type.Object({
  purpose: OneOf(INVITATION_PURPOSES),
  name: Nullable(StaffName),
  roles: Roles,
  expires_at: Time,
})

/** What one signs in with was changed by somebody else while it was looked at. */
const changed = ['sign_in.refused'] as const
const guessed = ['sign_in.tries_exceeded', 'sign_in.insecure'] as const

export const signInEndpoints = {
  getSignInWays: endpoint({
    method: 'GET',
    path: '/sign-in',
    access: 'public',
    summary: 'Tell in which ways staff can sign in here',
    answer: Type.Object({
      has_staff: Type.Boolean({ description: 'False: the link that the start printed makes the first operator.' }),
      demo: Type.Boolean({ description: 'Whether one click signs in as the demo reviewer.' }),
      oidc: Nullable(
        Type.Object({
          label: Type.String({ description: 'What the provider is called.' }),
          path: Type.String({ description: 'Go there; `?return_to=/console/…` says where to come back to.' }),
        }),
      ),
    }),
  }),
  getSession: endpoint({
    method: 'GET',
    path: '/sign-in/session',
    access: 'public',
    summary: 'Tell who is signed in in this browser, which may be nobody',
    answer: Type.Object({ account: Nullable(OwnAccount) }),
  }),
  signInWithPassword: endpoint({
    method: 'POST',
    path: '/sign-in/password',
    access: 'public',
    summary: 'Sign in by name and password',
    body: Type.Object({ name: StaffName, password: Type.String({ minLength: 1, maxLength: 200 }) }),
    answer: SignInStep,
    problems: ['sign_in.refused', 'sign_in.busy', ...guessed],
  }),
  signInWithTotp: endpoint({
    method: 'POST',
    path: '/sign-in/totp',
    access: 'public',
    summary: 'Go on after the password with the code of an authenticator app, each of which is good once',
    body: Type.Object({ challenge: Challenge, code: TotpCode }),
    answer: SignInStep,
    problems: ['sign_in.code_wrong', 'sign_in.challenge_ended', ...changed, ...guessed],
  }),
  signInWithRecoveryCode: endpoint({
    method: 'POST',
    path: '/sign-in/recovery-code',
    access: 'public',
    summary: 'Go on after the password with a recovery code, each of which is good once',
    body: Type.Object({ challenge: Challenge, code: RecoveryCode }),
    answer: SignInStep,
    problems: ['sign_in.code_wrong', 'sign_in.challenge_ended', ...changed, ...guessed],
  }),
  beginPasskeySignIn: endpoint({
    method: 'POST',
    path: '/sign-in/passkey/options',
    access: 'public',
    summary: 'Ask what to hand to navigator.credentials.get()',
    answer: Type.Object({ challenge: Challenge, options: Type.Unknown() }),
    problems: ['sign_in.insecure'],
  }),
  signInWithPasskey: endpoint({
    method: 'POST',
    path: '/sign-in/passkey',
    access: 'public',
    summary: 'Sign in by a passkey, which is both factors in one',
    body: Type.Object({ challenge: Challenge, credential: UsedCredential }),
    answer: SignInStep,
    problems: ['sign_in.passkey_refused', 'sign_in.challenge_ended', 'sign_in.insecure', ...changed],
  }),
  signInAsDemo: endpoint({
    method: 'POST',
    path: '/sign-in/demo',
    access: 'public',
    summary: 'Sign in as the demo reviewer, where the sandbox has one and only from its own machine',
    answer: SignInStep,
    problems: ['sign_in.way_closed', 'sign_in.insecure'],
  }),
  readInvitation: endpoint({
    method: 'POST',
    path: '/sign-in/invitation',
    access: 'public',
    summary: 'Read what a one-time link is for; null where it was used, withdrawn or is older than 24 hours',
    body: Type.Object({ token: InvitationToken }),
    answer: Type.Object({ invitation: Nullable(Invitation) }),
    problems: [...guessed],
  }),
  acceptInvitation: endpoint({
    method: 'POST',
    path: '/sign-in/invitation/accept',
    access: 'public',
    summary:
      'Choose a password by a one-time link, which is used up then, and sign in; the first operator chooses a name too',
    body: Type.Object({
      token: InvitationToken,
      name: Type.Optional(StaffName),
      password: PasswordInput,
      language: Type.Optional(Language),
    }),
    answer: SignInStep,
    problems: [
      'invitation.invalid',
      'staff.name_required',
      'staff.name_taken',
      'password.too_weak',
      'sign_in.busy',
      ...guessed,
    ],
  }),
  signOut: endpoint({
    method: 'POST',
    path: '/sign-out',
    access: 'signed_in',
    summary: 'End this session',
    answer: Type.Object({}),
  }),
}

export type ApiSignInStep = Static<typeof SignInStep>
export type ApiInvitation = Static<typeof Invitation>
