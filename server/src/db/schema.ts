import type {
  ApplicationState,
  CallbackFormat,
  CallbackMode,
  CountedSubject,
  DeliveryState,
  PicturePurpose,
  RequestCheck,
  TokenKind,
} from '@shenpi/sdk/contract/states'
import type { Generated } from 'kysely'
import type { ApplicationTables } from './application-tables.ts'
import type { Fixed, Json, Time } from './columns.ts'
import type { InstallationTables } from './installation-tables.ts'
import type { LotteryTables } from './lottery-tables.ts'
import type { OutcomeTables } from './outcome-tables.ts'
import type { StaffTables } from './staff-tables.ts'

/**
 * Every table; those of a subject may stand in a `*-tables.ts` beside this file. A tenant's tables have `account_id` first in
 * their key, so that one account's rows stay on one shard; `docs/architecture.md` names the few tables that do not and why.
 */
export interface Schema extends ApplicationTables, InstallationTables, LotteryTables, OutcomeTables, StaffTables {
  account: {
    account_id: Generated<number>
    appid: Fixed<string>
    /** The `gh_…` id that callbacks are addressed to. */
    original_id: Fixed<string>
    name: string
    secret_hash: string
    /** JSON array of the shop scenes that are open. */
    scene_groups: Json
    created_at: Fixed<Time>
    verified: Generated<0 | 1>
    /** Since when every call of it is refused, while it is. */
    frozen_at: Time | null
    /** Since when its secret gives no tokens, while it does not. */
    secret_frozen_at: Time | null
  }
  callback_setting: {
    account_id: number
    url: string
    token: string
    encoding_aes_key: string
    mode: CallbackMode
    format: CallbackFormat
    verified_at: Time
  }
  access_token: {
    account_id: number
    token_hash: Fixed<string>
    kind: Fixed<TokenKind>
    /** What a stable token is derived from, together with the account's secret; null for a plain one. */
    salt: Fixed<string | null>
    forced: Fixed<0 | 1>
    issued_at: Fixed<Time>
    expires_at: Time
    /** When a newer token took its place. */
    replaced_at: Time | null
  }
  /** One row an account: the counters of its rows and the head of its audit trail. Its lock orders the account's writes. */
  account_journal: {
    account_id: number
    application_no: number
    entry_no: number
    delivery_no: number
    entry_hash: string
    /** Unix seconds of the last event: merchants tell events apart by it. */
    event_time: number
    page_no: Generated<number>
    group_no: Generated<number>
    poi_no: Generated<number>
    brand_no: Generated<number>
    lottery_no: Generated<number>
  }
  /** What of an application others can be found by. */
  application_trace: {
    /** The number of a trace: `traceNo`. */
    trace: Fixed<number>
    account_id: number
    application_no: Fixed<number>
  }
  /** What the photos of applications look like. */
  photo_look: {
    account_id: number
    application_no: Fixed<number>
    digest: Fixed<string>
    look: Fixed<string>
  }
  /** Applications of an account, from `first_no` to `next_no`, whose traces are still to be laid. */
  trace_backlog: {
    account_id: number
    first_no: Fixed<number>
    next_no: number
  }
  audit_entry: {
    account_id: number
    entry_no: Fixed<number>
    application_no: Fixed<number | null>
    at: Fixed<Time>
    actor: Fixed<string>
    action: Fixed<string>
    detail: Fixed<Json>
    hash: Fixed<string>
  }
  callback_delivery: {
    account_id: number
    delivery_no: Fixed<number>
    application_no: Fixed<number>
    event: Fixed<string>
    /** The fields of the message, in order. Fixed with the decision. */
    message: Fixed<Json>
    state: DeliveryState
    /** Tries since `started_at`. */
    attempts: number
    created_at: Fixed<Time>
    /** When trying began: at the creation, or at the last replay. */
    started_at: Time
    due_at: Time
    leased_until: Time
    delivered_at: Time | null
  }
  delivery_attempt: {
    account_id: number
    delivery_no: Fixed<number>
    attempt_no: Fixed<number>
    at: Fixed<Time>
    duration_ms: Fixed<number>
    url: Fixed<string>
    status: Fixed<number | null>
    /** The first characters of the answer, or why there was none. */
    outcome: Fixed<string>
    /** The rule of faults that struck it: in a sandbox alone. */
    injected_by: Fixed<string | null>
  }
  device_ledger: {
    ledger_id: Fixed<1>
    /** The next free device ID. */
    next_device_id: number
    /** The first device ID whose beacon has no 0. */
    nonzero_from: Generated<number>
  }
  beacon_uuid: {
    position: Fixed<number>
    uuid: Fixed<string>
  }
  device_quota: {
    account_id: number
    ceiling: number
    allocated: number
  }
  device_batch: {
    account_id: number
    /** Last of the batch's device IDs: the key that finds both a device's batch and the next page of a list. */
    last_device_id: Fixed<number>
    first_device_id: Fixed<number>
    application_no: Fixed<number>
    /** How many devices the account had before. */
    account_offset: Fixed<number>
    comment: Fixed<string>
    poi_id: Fixed<number>
    allocated_at: Fixed<Time>
  }
  /** Whose device IDs are, over all accounts: the end of each batch's range. Beside the ledger, and written with it. */
  device_range: {
    last_device_id: Fixed<number>
    account_id: Fixed<number>
  }
  store: {
    account_id: number
    poi_id: Fixed<number>
    business_name: string
    created_at: Fixed<Time>
    /** The wire's `base_info`. */
    base_info: Generated<Json>
    state: Generated<ApplicationState>
    reason: Generated<string>
    longitude: Generated<number | null>
    latitude: Generated<number | null>
    /** The change that waits for its review. */
    pending_update: Generated<Json | null>
    deleted_at: Generated<Time | null>
  }
  category: {
    third_cat_id: number
    third_cat_name: string
    second_cat_id: number
    second_cat_name: string
    first_cat_id: number
    first_cat_name: string
    qualification: string
    qualification_type: number
    product_qualification: string
    product_qualification_type: number
    scene_group_list: Json
  }
  category_grant: {
    account_id: number
    third_cat_id: Fixed<number>
    application_no: Fixed<number>
    granted_at: Fixed<Time>
  }
  picture: {
    account_id: number
    digest: Fixed<string>
    media_type: Fixed<string>
    width: Fixed<number>
    height: Fixed<number>
    bytes: Fixed<number>
    created_at: Fixed<Time>
  }
  /** Found by its key alone, because that is all a link holds. */
  picture_link: {
    link_key: Fixed<string>
    account_id: Fixed<number>
    digest: Fixed<string>
    purpose: Fixed<PicturePurpose>
    created_at: Fixed<Time>
  }
  /** Secrets that an installation draws once and all its servers share. */
  installation_secret: {
    name: Fixed<string>
    value: Fixed<string>
  }
  page: {
    account_id: number
    page_id: Fixed<number>
    title: string
    description: string
    page_url: string
    icon_url: string
    comment: string
    /** Of a page that was made for a lottery. */
    lottery_no: Fixed<number | null>
    created_at: Fixed<Time>
  }
  /** Only devices of which something is said alone; a null means what the batch says. */
  device: {
    account_id: number
    device_id: Fixed<number>
    comment: string | null
    /** 0 without a store, whatever the batch says. */
    poi_id: number | null
    /** Whose store it is, when it is another account's. */
    poi_appid: string | null
    last_active_at: Time | null
  }
  device_page: {
    account_id: number
    device_id: Fixed<number>
    page_id: Fixed<number>
  }
  device_group: {
    account_id: number
    group_id: Fixed<number>
    group_name: string
    device_count: number
    created_at: Fixed<Time>
  }
  device_group_member: {
    account_id: number
    group_id: Fixed<number>
    device_id: Fixed<number>
  }
  shake_count: {
    account_id: number
    /** Days since 1970-01-01 in UTC+8. */
    day: Fixed<number>
    subject: Fixed<CountedSubject>
    subject_id: Fixed<number>
    shake_pv: number
    shake_uv: number
    click_pv: number
    click_uv: number
    /** Who was counted: exact while few, estimated beyond. */
    shake_sketch: string
    click_sketch: string
  }
  brand_grant: {
    account_id: number
    brand_id: Fixed<number>
    brand_wording: Fixed<string>
    subject: Fixed<string>
    application_no: Fixed<number>
    granted_at: Fixed<Time>
  }
  shop_access: {
    account_id: number
    /** When the component was opened; null before, and after its end. */
    connected_at: Time | null
    /** Since when its calls are forbidden, while they are. */
    banned_at: Time | null
    /** When the access ended last. */
    cancelled_at: Time | null
    /** JSON array of the `access_info_item`s that are done. */
    finished_items: Json
    /** JSON: what account/update_info set. */
    service_info: Json
  }
  miniapp_certificate: {
    account_id: number
    /** JSON, as the wire answers it. */
    category_info_list: Json
    brand_info: Json | null
  }
  account_limit: {
    account_id: number
    /** JSON array of addresses and ranges; empty: from anywhere. */
    ip_allow: Json
    /** Calls of one path in a day or minute; null: the server's default. */
    daily_limit: number | null
    minute_limit: number | null
  }
  api_usage: {
    account_id: number
    /** Days since 1970-01-01 in UTC+8. */
    day: Fixed<number>
    path: Fixed<string>
    used: number
  }
  quota_reset: {
    account_id: number
    /** `YYYY-MM` in UTC+8. */
    month: Fixed<string>
    used: number
  }
  /** A call of the last seven days, for openapi/rid/get and to be explained. */
  request_record: {
    account_id: number
    rid: Fixed<string>
    at: Fixed<Time>
    cost_ms: Fixed<number>
    url: Fixed<string>
    request_body: Fixed<string>
    response_body: Fixed<string>
    client_ip: Fixed<string>
    /** Of the call; empty: the request is from before requests were explained. */
    path: Fixed<string>
    /** Null: it went well. */
    problem: Fixed<string | null>
    ended_at_check: Fixed<RequestCheck | null>
    /** JSON array of what does not fit. */
    findings: Fixed<Json>
    injected_by: Fixed<string | null>
    outcome_by: Fixed<string | null>
    /** How far the account's time was ahead of the machine's. */
    ahead_ms: Fixed<number>
  }
}
