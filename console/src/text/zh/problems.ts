import type { ProblemCode } from '@shenpi/sdk/contract/problems'

/** Refusals that staff meet; the server's own words stand for all others. */
export const problems: Partial<Record<ProblemCode, string>> = {
  'request.malformed': '请求无效。',
  'account.unknown': '没有这个账号。',
  'application.unknown': '没有这件申请。',
  'application.closed': '这件申请已经处理过了。',
  'application.changed': '这件申请刚刚被他人更改，请重新查看。',
  'decision.reason_required': '请填写驳回原因。',
  'decision.reason_too_long': '原因太长：最多 250 个汉字或 500 个字母。',
  'device.quota_exceeded': '该账号的设备上限不足。',
  'device_quota.ceiling_too_high': '该账号的上限不能提高到这么多。',
  'shop.not_connected': '该小程序尚未接入组件。',
}
