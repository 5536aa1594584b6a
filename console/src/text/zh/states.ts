import type { ApplicationState, KindName } from '@shenpi/sdk/contract/states'

const kinds: Record<KindName, string> = {
  account_activation: '开通摇一摇',
  device_batch: '申请设备 ID',
  device_quota: '提高设备上限',
  category_qualification: '类目资质',
  brand_qualification: '品牌资质',
  shop_registration: '开通小商店组件',
  shop_scene: '接入场景',
  store: '门店',
}

const applications: Record<ApplicationState, string> = {
  under_review: '审核中',
  approved: '已通过',
  rejected: '已驳回',
}

export const states = { kinds, applications }
