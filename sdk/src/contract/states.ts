/** Every state, outcome and kind that is told by a word, once: in the contract, in columns and in code it is the same word. */

/** The kinds of application. What each one is stands in docs/architecture.md. */
export const KIND_NAMES = [
  'account_activation',
  'device_batch',
  'device_quota',
  'category_qualification',
  'brand_qualification',
  'shop_registration',
  'shop_scene',
  'store',
] as const
export type KindName = (typeof KIND_NAMES)[number]

/** An application is under review until it has an outcome, which never changes. A store is in the same states. */
export const APPLICATION_STATES = ['under_review', 'approved', 'rejected'] as const
export type ApplicationState = (typeof APPLICATION_STATES)[number]

/** What a decision does to an application. */
export const MOVE_NAMES = ['approve', 'reject'] as const
export type Move = (typeof MOVE_NAMES)[number]

/**
 * Where the review of an application stands while it is under review, which the wire does not tell apart: one person approved
 * and another is to look, a decision waits to take effect, or its effect was refused when it was due.
 */
export const REVIEW_STAGES = ['open', 'second_opinion', 'scheduled', 'refused'] as const
export type ReviewStage = (typeof REVIEW_STAGES)[number]

/** A decision that waits to take effect, or what became of it. */
export const SCHEDULED_STATES = ['waiting', 'effective', 'undone', 'refused'] as const
export type ScheduledState = (typeof SCHEDULED_STATES)[number]

/** A decision about many applications: it counts from `waiting` on, and cannot be taken back once it is effective. */
export const BULK_STATES = ['preparing', ...SCHEDULED_STATES] as const
export type BulkState = (typeof BULK_STATES)[number]

/** What a rule of a sandbox does with an application; `leave`: nothing, and no rule behind it does anything either. */
export const RULE_MOVES = [...MOVE_NAMES, 'leave'] as const
export type RuleMove = (typeof RULE_MOVES)[number]

/**
 * What becomes of an outcome that a rule has given: it waits for its time, or for status queries; it was given; somebody else
 * was faster; what it needs refused it; or there is none, because the rule leaves the application to the staff.
 */
export const OUTCOME_STATES = ['waiting', 'polling', 'effective', 'overtaken', 'refused', 'left'] as const
export type OutcomeState = (typeof OUTCOME_STATES)[number]

/** Where a fault of a sandbox strikes a call: nothing was looked at yet; what it changes is undone; what it changes stands. */
export const FAULT_PLACES = ['before_checks', 'before_commit', 'after_commit'] as const
export type FaultPlace = (typeof FAULT_PLACES)[number]

/** What a fault does to the answer of a call. */
export const ANSWER_EFFECTS = ['errcode', 'http_status', 'delay', 'cut', 'truncate', 'slow'] as const

/** What a fault does to a callback. */
export const CALLBACK_EFFECTS = [
  'callback_duplicate',
  'callback_reorder',
  'callback_delay',
  'callback_drop',
  'callback_wrong_signature',
  'callback_wrong_key',
  'callback_stale_timestamp',
  'callback_truncate',
  'callback_old_key',
] as const

/** What a decision comes to when it takes effect. */
export const DECISION_RESULTS = ['outcome', 'second_opinion'] as const
export type DecisionResult = (typeof DECISION_RESULTS)[number]

/** When a review is due, by China's day. */
export const DUE_FILTERS = ['overdue', 'today', 'later'] as const
export type DueFilter = (typeof DUE_FILTERS)[number]

/** Who has claimed an application, as one who asks sees it. */
export const CLAIM_FILTERS = ['mine', 'free', 'others'] as const
export type ClaimFilter = (typeof CLAIM_FILTERS)[number]

/** A picture that an application refers to. */
export const APPLICATION_PICTURE_STATES = ['waiting', 'stored', 'failed'] as const
export type ApplicationPictureState = (typeof APPLICATION_PICTURE_STATES)[number]

/** The lists that pictures of applications stand in, by the wire's names of them. */
export const PICTURE_FIELDS = [
  'qualification_cert_urls',
  'license',
  'certificate',
  'sale_authorization',
  'trademark_registration_certificate',
  'trademark_change_certificate',
  'trademark_registration_application',
  'imported_goods_form',
  'photo_list',
] as const
export type PictureField = (typeof PICTURE_FIELDS)[number]

/** Those that show licences, whose number can be read from the picture. */
export const LICENCE_FIELDS = ['qualification_cert_urls', 'license'] as const satisfies readonly PictureField[]
export type LicenceField = (typeof LICENCE_FIELDS)[number]

/** What reading a picture came to: what it shows, nothing that can be told of it, or no turn yet. */
export const READING_STATES = ['read', 'failed', 'busy'] as const
export type ReadingState = (typeof READING_STATES)[number]

/** What of an application others can be found by; `photo`: part of the look of a store's photo, which others may resemble. */
export const TRACE_KINDS = ['phone', 'email', 'contact', 'licence', 'picture', 'photo'] as const
export type TraceKind = (typeof TRACE_KINDS)[number]

/** What was found by, beside traces. */
export const SEARCH_MATCHES = ['id', 'audit_id', 'appid', 'name', ...TRACE_KINDS] as const
export type SearchMatch = (typeof SEARCH_MATCHES)[number]

/** How a picture of an application differs from that of an earlier try. */
export const PICTURE_CHANGES = ['same', 'changed', 'new', 'gone'] as const
export type PictureChange = (typeof PICTURE_CHANGES)[number]

/** What is wrong with a credit code: its first faulty part. */
export const CREDIT_CODE_FAULTS = ['length', 'alphabet', 'authority', 'region', 'organisation', 'check'] as const
export type CreditCodeFault = (typeof CREDIT_CODE_FAULTS)[number]

/** What a picture is kept for. */
export const PICTURE_PURPOSES = ['icon', 'license', 'shop', 'store'] as const
export type PicturePurpose = (typeof PICTURE_PURPOSES)[number]

/** The purposes that material/add takes. */
export const MATERIAL_TYPES = ['icon', 'license'] as const satisfies readonly PicturePurpose[]
export type MaterialType = (typeof MATERIAL_TYPES)[number]

/** A message to be delivered; `unaddressed`: the account has no address for it. */
export const DELIVERY_STATES = ['pending', 'delivered', 'failed', 'unaddressed'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** What can be the matter with an account. */
export const ACCOUNT_FILTERS = ['frozen', 'secret_frozen', 'unverified'] as const
export type AccountFilter = (typeof ACCOUNT_FILTERS)[number]

/** What was done with a device: it was shaken, it shows pages. */
export const DEVICE_FILTERS = ['shaken', 'with_pages'] as const
export type DeviceFilter = (typeof DEVICE_FILTERS)[number]

/** What files are written for people who count. */
export const EXPORT_FORMATS = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** The queues of work that a server does by itself. */
export const QUEUE_NAMES = ['deliveries', 'pictures', 'scheduled_decisions', 'outcomes'] as const
export type QueueName = (typeof QUEUE_NAMES)[number]

/** How much of a message a receiver may read without its key: all, all and once more encrypted, nothing. */
export const CALLBACK_MODES = ['plain', 'compatible', 'secure'] as const
export type CallbackMode = (typeof CALLBACK_MODES)[number]

export const CALLBACK_FORMATS = ['xml', 'json'] as const
export type CallbackFormat = (typeof CALLBACK_FORMATS)[number]

/** How an access token was asked for: cgi-bin/token gives plain ones, cgi-bin/stable_token stable ones. */
export const TOKEN_KINDS = ['plain', 'stable'] as const
export type TokenKind = (typeof TOKEN_KINDS)[number]

/** What an account's access to the shop component can be set to. */
export const SHOP_STATUSES = ['connected', 'banned', 'cancelled'] as const
export type ShopStatus = (typeof SHOP_STATUSES)[number]

/** How the access stands; `none`: it was never opened. */
export const SHOP_ACCESS_STATUSES = ['none', ...SHOP_STATUSES] as const
export type ShopAccessStatus = (typeof SHOP_ACCESS_STATUSES)[number]

/** What a device batch would be answered. */
export const BATCH_OUTCOMES = ['approved', 'under_review', 'refused'] as const
export type BatchOutcome = (typeof BATCH_OUTCOMES)[number]

/** What changes a device quota: a rise of the ceiling, or a batch that was handed out. */
export const QUOTA_ENTRIES = ['rise', 'allocation'] as const
export type QuotaEntry = (typeof QUOTA_ENTRIES)[number]

/** The subjects that statistics are counted of. */
export const COUNTED_SUBJECTS = ['device', 'page'] as const
export type CountedSubject = (typeof COUNTED_SUBJECTS)[number]

/** What a draw of a red packet comes to. */
export const DRAW_OUTCOMES = ['won', 'won_before', 'none_left', 'off', 'not_begun', 'over'] as const
export type DrawOutcome = (typeof DRAW_OUTCOMES)[number]

/** What decided: a member of the staff, a key, the quick review, or another rule. */
export const DECISION_WAYS = ['staff', 'key', 'quick', 'rule'] as const
export type DecisionWay = (typeof DECISION_WAYS)[number]

/** What a member of the staff, or a key, is there for. Roles add up; what each may do stands in permissions.ts. */
export const ROLES = ['reviewer', 'lead', 'operator', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** A member of the staff who leaves is deactivated and never deleted: the trail keeps the name. */
export const STAFF_STATES = ['active', 'deactivated'] as const
export type StaffState = (typeof STAFF_STATES)[number]

/** How far the chains of the trail were recomputed, and what was found. */
export const VERIFICATION_STATES = ['running', 'whole', 'broken'] as const
export type VerificationState = (typeof VERIFICATION_STATES)[number]

/** What breaks a trail: an entry is missing, it or one before was changed, the trail ends too early, or goes on too long. */
export const TRAIL_FAULTS = ['missing', 'changed', 'cut', 'longer'] as const
export type TrailFaultName = (typeof TRAIL_FAULTS)[number]

/** From where the holidays of a year are known. */
export const CALENDAR_SOURCES = ['built_in', 'loaded', 'unknown'] as const
export type CalendarSource = (typeof CALENDAR_SOURCES)[number]

/** The settings of the policy. */
export const POLICY_SETTINGS = [
  'undo_seconds',
  'second_opinion',
  'samples',
  'quick_review_max',
  'device_ceiling',
  'active_devices_min',
  'review_working_days',
] as const
export type PolicySetting = (typeof POLICY_SETTINGS)[number]

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** How a session began. A code of either sort follows a password. */
export const SIGN_IN_WAYS = ['password', 'totp', 'recovery_code', 'passkey', 'oidc', 'invitation', 'demo'] as const
export type SignInWay = (typeof SIGN_IN_WAYS)[number]

/** What a sign-in leads to. */
export const SIGN_IN_STEPS = ['signed_in', 'second_factor'] as const
export type SignInStep = (typeof SIGN_IN_STEPS)[number]

/** What a one-time link is for. */
export const INVITATION_PURPOSES = ['first_operator', 'invitation', 'reset'] as const
export type InvitationPurpose = (typeof INVITATION_PURPOSES)[number]

/**
 * The checks of a call of the wire. One with a token passes path, method, scheme, token, address, account, quota, body, contract
 * and rule in this order; one without says in its body who it is. Source: docs/protocol/conventions.md, order of checks.
 */
export const REQUEST_CHECKS = [
  'path',
  'method',
  'scheme',
  'token',
  'appid',
  'address',
  'secret',
  'account',
  'quota',
  'body',
  'contract',
  'rule',
] as const
export type RequestCheck = (typeof REQUEST_CHECKS)[number]

/** What became of a check. */
export const CHECK_RESULTS = ['passed', 'refused', 'not_reached'] as const
export type CheckResult = (typeof CHECK_RESULTS)[number]

/** What a field is expected to be, where it is not. */
export const EXPECTATIONS = ['present', 'type', 'at_most', 'at_least', 'one_of', 'form'] as const
export type Expectation = (typeof EXPECTATIONS)[number]

/** The forms that a field can be expected to have, where no number says it. */
export const FIELD_FORMS = [
  'a number from 1 to 45',
  'a picture that the account uploaded',
  'a rid as at the end of an errmsg',
  'a telephone number',
  'a time as 2026-12-31 23:59:59',
  'an e-mail address',
  'an http or https link',
  'an http or https link without a password',
  'an icon that the account uploaded with material/add',
  'exactly 32 letters, digits and signs',
  'four digits',
  'more than blanks',
  'one to four levels with commas between',
] as const
export type FieldForm = (typeof FIELD_FORMS)[number]

/** What a field was sent as. */
export const VALUE_TYPES = ['absent', 'text', 'number', 'boolean', 'list', 'object'] as const
export type ValueType = (typeof VALUE_TYPES)[number]

/** What a limit of a field counts. */
export const MEASURES = ['characters', 'weight', 'items', 'bytes', 'values', 'devices', 'calls'] as const
export type Measure = (typeof MEASURES)[number]
