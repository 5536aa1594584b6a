import type { Role } from '@shenpi/sdk/contract/states'

const roles: Record<Role, string> = { reviewer: '审核员', lead: '组长', operator: '管理员', auditor: '审计员' }

export const staff = { roles }
