import type { Role } from '@shenpi/sdk/contract/states'

const roles: Record<Role, string> = { reviewer: '审核员', lead: '组长', operator: '管理员', auditor: '审计员' }

const actors = {
  key: (name: string) => `密钥 ${name}`,
  others: {
    merchant: '商户',
    server: '服务器',
    calendar: '日历',
    api_key: 'API 密钥',
    rule: '规则',
    quick_review: '快速审核',
  },
}

export const staff = { roles, actors }
