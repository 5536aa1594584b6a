import { applyForActivation } from 'shenpi/src/activations/apply-for-activation.ts'
import { decideApplication } from 'shenpi/src/applications/decide-application.ts'
import type { Services } from 'shenpi/src/services.ts'
import { openComponent } from 'shenpi/src/shop-access/change-shop-access.ts'

const ACTOR = 'test'
const REQUEST = { name: 'Test', phone_number: '13800000000', email: 'test@example.com', industry_id: '0101' }

/** Open Shake Nearby and the shop component for an account, through the same doors as everybody's. */
export async function activate({ review }: Services, accountId: number): Promise<void> {
  const application = await applyForActivation(review, accountId, REQUEST, { wholeEmail: true })
  await decideApplication(review, application, { move: 'approve', reason: 'activated: true', actor: ACTOR })
  await openComponent(review, accountId, ACTOR)
}
