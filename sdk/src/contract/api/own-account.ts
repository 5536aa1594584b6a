import type { Static, TObject } from '@sinclair/typebox'
import { byId, endpoint, Nullable, Time } from '../endpoint.ts'
import { PERMISSION_NAMES } from '../permissions.ts'
import { FORMATS, OneOf, Type } from '../schema.ts'
import { LANGUAGES, SIGN_IN_WAYS } from '../states.ts'
import { STORABLE, STORABLE_WORDS } from '../text.ts'
import { Roles } from './keys.ts'

/** The longest name of a member of the staff, in characters. */
const NAME_MAX = 40
/** No control or invisible formatting characters, and no blanks at the ends: two names must not look alike. */
export const isStaffName = (text: string): boolean => text.length <= NAME_MAX && /^(?!\s)[^\p{C}]+(?<!\s)$/u.test(text)
FORMATS.set('staff-name', isStaffName)

export const StaffName = Type.String({
  format: 'staff-name',
  minLength: 1,
  maxLength: NAME_MAX,
  description: 'What one signs in by, and the name in the trail.',
})
export const PasswordInput = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: STORABLE,
  description: 'At least 12 characters.',
})
export const Language = OneOf(LANGUAGES)
export const TotpCode = Type.String({ pattern: '^[0-9]{6}$', description: 'Each is good once.' })
export const RecoveryCode = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: STORABLE,
  description: 'Each is good once.',
})
export const Challenge = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,2000}$',
  description: 'Sealed by the server, good for five minutes.',
})

const Base64Url = Type.String({ pattern: '^[A-Za-z0-9_-]{1,8000}$' })
/** The JSON of a browser's PublicKeyCredential. */
const credentialWith = <R extends TObject>(response: R) =>
  Type.Object({
    id: Base64Url,
    rawId: Base64Url,
    type: Type.Literal('public-key'),
    response,
    clientExtensionResults: Type.Object({}),
  })
const NewCredential = credentialWith(
  Type.Object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z-]{1,20}$' }), { maxItems: 10 })),
  }),
)
export const UsedCredential = credentialWith(
  Type.Object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Type.Optional(Base64Url),
  }),
)

const Session = Type.Object({
  id: Type.String(),
  is_this: Type.Boolean({ description: 'Whether it is the one that asks.' }),
  way: OneOf(SIGN_IN_WAYS),
  created_at: Time,
  last_used_at: Time,
  ends_at: Time,
  address: Type.String(),
  user_agent: Type.String({ description: 'The first 200 characters of what the browser calls itself.' }),
})

const FailedSignIn = Type.Object({
  at: Time,
  way: OneOf(SIGN_IN_WAYS),
  address: Type.String(),
  user_agent: Type.String(),
})

const Passkey = Type.Object({
  id: Type.String(),
  label: Type.String(),
  created_at: Time,
  last_used_at: Nullable(Time),
})

export const OwnAccount = Type.Object({
  name: StaffName,
  roles: Roles,
  permissions: Type.Array(OneOf(PERMISSION_NAMES)),
  language: Nullable(Language),
  has_password: Type.Boolean(),
  has_totp: Type.Boolean(),
  has_oidc: Type.Boolean({ description: 'Comes by the provider, and has no password or passkey here.' }),
  recovery_codes_left: Type.Integer(),
  session: Session,
  failed_sign_ins: Type.Integer({ description: 'Since the last sign-in before this one: tell it.' }),
  is_recent: Type.Boolean({ description: 'Signed in within 15 minutes: may change how one signs in.' }),
})

export const ownAccountEndpoints = {
  getOwnAccount: endpoint({
    method: 'GET',
    path: '/own',
    access: 'signed_in',
    summary: 'Tell who is signed in, what they may do, and how the session stands',
    answer: OwnAccount,
  }),
  setOwnLanguage: endpoint({
    method: 'PUT',
    path: '/own/language',
    access: 'signed_in',
    summary: 'Choose the language of the console',
    body: Type.Object({ language: Language }),
    answer: OwnAccount,
  }),
  listOwnSessions: endpoint({
    method: 'GET',
    path: '/own/sessions',
    access: 'signed_in',
    summary:
      'List one’s sessions, at most 50, the newest first, the last 20 sign-ins that failed, and who reset of late how one signs in',
    answer: Type.Object({
      items: Type.Array(Session),
      failed_sign_ins: Type.Array(FailedSignIn),
      resets: Type.Array(Type.Object({ at: Time, by: Type.String({ description: 'As the trail names them.' }) })),
    }),
  }),
  endOwnSession: endpoint({
    method: 'DELETE',
    path: '/own/sessions/{id}',
    access: 'signed_in',
    summary: 'End one of one’s sessions',
    params: byId,
    answer: Type.Object({}),
    problems: ['session.unknown'],
  }),
  endOtherSessions: endpoint({
    method: 'POST',
    path: '/own/sessions/end-others',
    access: 'signed_in',
    summary: 'End all of one’s sessions but this one',
    answer: Type.Object({ ended: Type.Integer() }),
  }),
  changeOwnPassword: endpoint({
    method: 'PUT',
    path: '/own/password',
    access: 'signed_in',
    summary: 'Change the password; all other sessions end',
    body: Type.Object({
      current: Type.Optional(
        Type.String({ maxLength: 200, pattern: STORABLE, description: 'Needed where there is a password.' }),
      ),
      password: PasswordInput,
    }),
    answer: OwnAccount,
    problems: [
      'password.wrong',
      'password.too_weak',
      'session.not_recent',
      'sign_in.busy',
      'sign_in.tries_exceeded',
      'staff.by_provider',
    ],
  }),
  beginTotp: endpoint({
    method: 'POST',
    path: '/own/totp',
    access: 'signed_in',
    summary: 'Draw a secret for an authenticator app; it counts from its first code on',
    answer: Type.Object({
      challenge: Challenge,
      secret: Type.String({ description: 'Base32, to be typed.' }),
      uri: Type.String({ description: 'The same for a QR code.' }),
    }),
    problems: ['session.not_recent'],
  }),
  confirmTotp: endpoint({
    method: 'POST',
    path: '/own/totp/confirm',
    access: 'signed_in',
    summary: 'Begin to ask for codes; the answer shows new recovery codes this once',
    body: Type.Object({ challenge: Challenge, code: TotpCode }),
    answer: Type.Object({ recovery_codes: Type.Array(Type.String()) }),
    problems: ['session.not_recent', 'sign_in.challenge_ended', 'sign_in.code_wrong', 'sign_in.tries_exceeded'],
  }),
  removeTotp: endpoint({
    method: 'DELETE',
    path: '/own/totp',
    access: 'signed_in',
    summary: 'Ask for no codes any more; the recovery codes end with it',
    answer: OwnAccount,
    problems: ['session.not_recent'],
  }),
  renewRecoveryCodes: endpoint({
    method: 'POST',
    path: '/own/recovery-codes',
    access: 'signed_in',
    summary: 'Draw new recovery codes, shown this once; the old ones end',
    answer: Type.Object({ recovery_codes: Type.Array(Type.String()) }),
    problems: ['session.not_recent', 'totp.off'],
  }),
  listOwnPasskeys: endpoint({
    method: 'GET',
    path: '/own/passkeys',
    access: 'signed_in',
    summary: 'List one’s passkeys, at most 20',
    answer: Type.Object({ items: Type.Array(Passkey) }),
  }),
  beginPasskey: endpoint({
    method: 'POST',
    path: '/own/passkeys/options',
    access: 'signed_in',
    summary: 'Ask what to hand to navigator.credentials.create()',
    answer: Type.Object({ challenge: Challenge, options: Type.Unknown() }),
    problems: ['session.not_recent', 'passkey.too_many', 'staff.by_provider'],
  }),
  addPasskey: endpoint({
    method: 'POST',
    path: '/own/passkeys',
    access: 'signed_in',
    summary: 'Add the passkey that the browser made',
    status: 201,
    body: Type.Object({
      challenge: Challenge,
      credential: NewCredential,
      label: Type.String({ minLength: 1, maxLength: 60, pattern: STORABLE_WORDS }),
    }),
    answer: Passkey,
    problems: ['session.not_recent', 'sign_in.challenge_ended', 'passkey.refused', 'passkey.too_many'],
  }),
  removePasskey: endpoint({
    method: 'DELETE',
    path: '/own/passkeys/{id}',
    access: 'signed_in',
    summary: 'Remove a passkey',
    params: byId,
    answer: Type.Object({}),
    problems: ['session.not_recent', 'passkey.unknown'],
  }),
}

export type ApiOwnAccount = Static<typeof OwnAccount>
export type ApiSession = Static<typeof Session>
export type ApiFailedSignIn = Static<typeof FailedSignIn>
export type ApiPasskey = Static<typeof Passkey>
export type ApiNewCredential = Static<typeof NewCredential>
export type ApiUsedCredential = Static<typeof UsedCredential>
