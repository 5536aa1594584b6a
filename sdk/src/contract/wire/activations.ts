import { call, Nothing, refusal } from '../call.ts'
import { Type } from '../schema.ts'
import { STORABLE, shaped, weighted } from '../text.ts'
import { Audit } from './audit-status.ts'
import { shakeCall, shakeRefusal } from './families.ts'

export const activations = {
  accountRegister: call({
    ...shakeCall,
    path: '/shakearound/account/register',
    summary: 'Apply to open Shake Nearby',
    request: Type.Object(
      {
        name: weighted(20, { minLength: 1, ...shaped('\\S', 'more than blanks'), ...refusal('contact.name_invalid') }),
        phone_number: Type.String({
          ...shaped('^\\+?[ ()-]{0,3}[0-9][0-9 ()-]{4,29}$', 'a telephone number'),
          ...refusal('contact.phone_invalid'),
        }),
        email: Type.String({
          minLength: 1,
          maxLength: 254,
          ...shaped('^[^\\s@]+@[^\\s@]*$', 'an e-mail address'),
          ...refusal('contact.email_invalid'),
        }),
        industry_id: Type.String({ ...shaped('^[0-9]{4}$', 'four digits'), ...refusal('industry.invalid') }),
        qualification_cert_urls: Type.Optional(
          Type.Array(Type.String({ minLength: 1, maxLength: 2048, trimmed: true, pattern: STORABLE }), {
            maxItems: 20,
            ...refusal('certificate.url_invalid'),
          }),
        ),
        apply_reason: Type.Optional(weighted(250, refusal('activation.reason_too_long'))),
      },
      shakeRefusal,
    ),
    answer: Nothing,
    problems: [
      'shake.request_invalid',
      'contact.name_invalid',
      'contact.phone_invalid',
      'contact.email_invalid',
      'industry.invalid',
      'certificate.url_invalid',
      'certificate.missing',
      'activation.reason_too_long',
      'account.not_verified',
      'activation.closed',
    ],
  }),

  accountAuditStatus: call({
    ...shakeCall,
    path: '/shakearound/account/auditstatus',
    summary: 'Read how that application stands',
    safe: true,
    methods: ['GET', 'POST'],
    body: 'none',
    request: Nothing,
    answer: Audit,
    problems: ['account.not_activated'],
  }),
}
