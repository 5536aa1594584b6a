import { accountEndpoints } from './api/accounts.ts'
import { applicationPictureEndpoints } from './api/application-pictures.ts'
import { applicationEndpoints } from './api/applications.ts'
import { bulkDecisionEndpoints } from './api/bulk-decisions.ts'
import { categoryEndpoints } from './api/categories.ts'
import { claimEndpoints } from './api/claims.ts'
import { dashboardEndpoints } from './api/dashboard.ts'
import { deliveryEndpoints } from './api/deliveries.ts'
import { deviceBatchEndpoints } from './api/device-batches.ts'
import { deviceQuotaEndpoints } from './api/device-quota.ts'
import { deviceEndpoints } from './api/devices.ts'
import { eventEndpoints } from './api/events.ts'
import { exportEndpoints } from './api/exports.ts'
import { grantEndpoints } from './api/grants.ts'
import { keyEndpoints } from './api/keys.ts'
import { lotteryEndpoints } from './api/lotteries.ts'
import { miniappCertificateEndpoints } from './api/miniapp-certificates.ts'
import { noteEndpoints } from './api/notes.ts'
import { ownAccountEndpoints } from './api/own-account.ts'
import { policyEndpoints } from './api/policy.ts'
import { queueEndpoints } from './api/queues.ts'
import { quotaEndpoints } from './api/quotas.ts'
import { reasonEndpoints } from './api/reasons.ts'
import { requestEndpoints } from './api/requests.ts'
import { sampleEndpoints } from './api/samples.ts'
import { sandboxClockEndpoints } from './api/sandbox-clocks.ts'
import { sandboxFaultEndpoints } from './api/sandbox-faults.ts'
import { sandboxOutcomeEndpoints } from './api/sandbox-outcomes.ts'
import { sandboxStateEndpoints } from './api/sandbox-state.ts'
import { savedViewEndpoints } from './api/saved-views.ts'
import { searchEndpoints } from './api/search.ts'
import { shakeEndpoints } from './api/shakes.ts'
import { shopAccessEndpoints } from './api/shop-access.ts'
import { signInEndpoints } from './api/sign-in.ts'
import { signalEndpoints } from './api/signals.ts'
import { staffEndpoints } from './api/staff.ts'
import { trailEndpoints } from './api/trail.ts'
import { tryEndpoints } from './api/tries.ts'

export type { ApiAccount, ApiAccountState, ApiCallback, ApiLimits } from './api/accounts.ts'
export type { ApiPictureReading } from './api/application-pictures.ts'
export { type ApiApplication, type ApiApplicationInFull, COUNTED_APPLICATIONS_MAX } from './api/applications.ts'
export { type ApiBulkDecision, type ApiBulkItem, BULK_MAX } from './api/bulk-decisions.ts'
export { type ApiClaim, CLAIM_MS } from './api/claims.ts'
export type { ApiDashboard } from './api/dashboard.ts'
export type { ApiOpinion, ApiScheduledDecision } from './api/decisions.ts'
export {
  type ApiDelivery,
  type ApiDeliveryInFull,
  type ApiReplayed,
  type ApiReplayPreview,
  REPLAYS_MAX,
} from './api/deliveries.ts'
export type { ApiDeviceBatch } from './api/device-batches.ts'
export type { ApiDeviceQuota, ApiLedgerEntry } from './api/device-quota.ts'
export type { ApiDevice } from './api/devices.ts'
export { type ApplicationEvents, type ArrivedApplication, WATCHED_MAX, type WatchedApplication } from './api/events.ts'
export { EXPORT_ROWS_MAX } from './api/exports.ts'
export type { ApiBrandGrant, ApiCategoryGrant } from './api/grants.ts'
export type { ApiKeyDetails } from './api/keys.ts'
export { type ApiDraw, PREORDER_MAX } from './api/lotteries.ts'
export type { ApiMiniappCertificates } from './api/miniapp-certificates.ts'
export { type ApiNote, NOTES_MAX } from './api/notes.ts'
export {
  type ApiFailedSignIn,
  type ApiNewCredential,
  type ApiOwnAccount,
  type ApiPasskey,
  type ApiSession,
  type ApiUsedCredential,
  isStaffName,
} from './api/own-account.ts'
export {
  type ApiCalendar,
  type ApiCalendarYear,
  type ApiPolicy,
  type ApiPolicyOrigin,
  type ApiPolicyVersion,
  PREVIEWED_APPLICATIONS_MAX,
} from './api/policy.ts'
export { type ApiQueue, type ApiQueuedJob, COUNTED_JOBS_MAX } from './api/queues.ts'
export type { ApiUsage } from './api/quotas.ts'
export type { ApiReason } from './api/reasons.ts'
export type { ApiFinding, ApiRequestInFull, ApiRequestRow } from './api/requests.ts'
export type { ApiAgreement, ApiSample, ApiSampleInFull } from './api/samples.ts'
export type { ApiClock, ApiHappening } from './api/sandbox-clocks.ts'
export type { ApiFault, ApiFaultChange, ApiFaultEffect, ApiScenario } from './api/sandbox-faults.ts'
export {
  type ApiOutcome,
  type ApiOutcomeRule,
  type ApiOutcomeRuleBody,
  OUTCOME_HEADER,
  OUTCOME_MAX,
  OUTCOME_RULES_MAX,
} from './api/sandbox-outcomes.ts'
export {
  type ApiSnapshot,
  type ApiStateFile,
  SNAPSHOTS_BYTES_MAX,
  SNAPSHOTS_MAX,
  STATE_FILE_MAX,
} from './api/sandbox-state.ts'
export {
  type ApiSavedView,
  OWN_VIEWS_MAX,
  SHARED_VIEWS_MAX,
  VIEW_NAME_MAX,
  VIEWED_APPLICATIONS_MAX,
} from './api/saved-views.ts'
export { type ApiFound, SEARCH_MAX_LENGTH } from './api/search.ts'
export { SHAKE_BEACONS_MAX } from './api/shakes.ts'
export type { ApiShopAccess } from './api/shop-access.ts'
export type { ApiInvitation, ApiSignInStep } from './api/sign-in.ts'
export type { ApiSignal, ApiSignals } from './api/signals.ts'
export type { ApiOneTimeLink, ApiOpenInvitation, ApiStaffMember } from './api/staff.ts'
export type { ApiTrailEntry, ApiTrailKey, ApiTrailVerification } from './api/trail.ts'
export type { ApiComparison, ApiTries } from './api/tries.ts'
export type { Access, Endpoint } from './endpoint.ts'

/** Every endpoint of the native API. */
export const api = {
  ...accountEndpoints,
  ...deviceQuotaEndpoints,
  ...shopAccessEndpoints,
  ...deviceBatchEndpoints,
  ...deviceEndpoints,
  ...grantEndpoints,
  ...quotaEndpoints,
  ...miniappCertificateEndpoints,
  ...categoryEndpoints,
  ...applicationEndpoints,
  ...applicationPictureEndpoints,
  ...claimEndpoints,
  ...noteEndpoints,
  ...bulkDecisionEndpoints,
  ...reasonEndpoints,
  ...sampleEndpoints,
  ...savedViewEndpoints,
  ...signalEndpoints,
  ...tryEndpoints,
  ...searchEndpoints,
  ...exportEndpoints,
  ...deliveryEndpoints,
  ...queueEndpoints,
  ...requestEndpoints,
  ...sandboxClockEndpoints,
  ...sandboxFaultEndpoints,
  ...sandboxStateEndpoints,
  ...sandboxOutcomeEndpoints,
  ...shakeEndpoints,
  ...lotteryEndpoints,
  ...keyEndpoints,
  ...staffEndpoints,
  ...signInEndpoints,
  ...ownAccountEndpoints,
  ...policyEndpoints,
  ...trailEndpoints,
  ...dashboardEndpoints,
  ...eventEndpoints,
}
