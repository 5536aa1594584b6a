import type { ApiAccount, ApiCallback, ApiLimits } from '@shenpi/sdk/contract/api'
import type { Account } from '../../accounts/account.ts'
import type { AccountLimits } from '../../accounts/account-limits.ts'
import type { CallbackSetting } from '../../callbacks/callback-setting.store.ts'
import type { DeviceQuota } from '../../device-quota/device-quota.store.ts'

export function toAccount(
  account: Account,
  { quota, callback, limits }: { quota: DeviceQuota; callback: CallbackSetting | undefined; limits: AccountLimits },
): ApiAccount {
  return {
    appid: account.appid,
    name: account.name,
    original_id: account.originalId,
    account_no: account.accountId,
    created_at: account.createdAt.toISOString(),
    verified: account.verified,
    frozen: account.frozenAt !== null,
    secret_frozen: account.secretFrozenAt !== null,
    device_quota: quota,
    callback: callback ? toCallback(callback) : null,
    limits: toLimits(limits),
  }
}

export function toCallback({ url, mode, format, verifiedAt }: CallbackSetting): ApiCallback {
  return { url, mode, format, verified_at: verifiedAt.toISOString() }
}

export function toLimits({ ipList, dailyLimit, minuteLimit }: AccountLimits): ApiLimits {
  return { ip_allow: [...ipList.entries], daily_limit: dailyLimit, minute_limit: minuteLimit }
}
