import type { activations, RequestOf } from '@shenpi/sdk'
import type { Application } from '../applications/application.ts'
import type { Review } from '../applications/review.ts'
import { submitApplication } from '../applications/submit-application.ts'
import { requireOwnPictures } from '../pictures/own-pictures.ts'
import { Problem } from '../problem.ts'
import type { AccountActivationPayload } from './account-activation.kind.ts'
import { findIndustry } from './industries.ts'

type Request = RequestOf<typeof activations.accountRegister>

/** A name, an at sign, and a domain with a dot. Who owns it is found out by writing to it. */
const WHOLE_EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/

/**
 * Apply to open Shake Nearby for an account.
 * Source: docs/protocol/shakearound.md, account/register.
 *
 * @param wholeEmail whether the address must have its domain; the published example's has not
 * @throws Problem `contact.email_invalid`, `industry.invalid`, `certificate.missing`, `certificate.url_invalid`
 */
export async function applyForActivation(
  review: Review,
  accountId: number,
  request: Request,
  { wholeEmail }: { wholeEmail: boolean },
): Promise<Application> {
  if (wholeEmail && !WHOLE_EMAIL.test(request.email)) throw new Problem('contact.email_invalid')
  const industry = findIndustry(request.industry_id)
  if (!industry) throw new Problem('industry.invalid')
  const references = request.qualification_cert_urls ?? []
  if (industry.licence && references.length === 0) throw new Problem('certificate.missing')

  const refuse = () => new Problem('certificate.url_invalid')
  const documents = await requireOwnPictures(review.db, accountId, references, { purpose: 'license', refuse })
  const pictures = documents.map((document) => ({ field: 'qualification_cert_urls' as const, ...document }))
  const payload: AccountActivationPayload = {
    name: request.name,
    phone_number: request.phone_number,
    email: request.email,
    industry_id: request.industry_id,
    apply_reason: request.apply_reason ?? '',
  }
  return await submitApplication(review, { accountId, kind: 'account_activation', payload, pictures })
}
