import type { ApplicationState, KindName, ReviewStage } from '@shenpi/sdk/contract/states'

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

const stages: Record<ReviewStage, string> = {
  open: '待审核',
  second_opinion: '待第二意见',
  scheduled: '待生效',
  refused: '未能生效',
}

export const states = { kinds, applications, stages }
