import type { Messages } from '../zh.ts'

export const staff: Messages['staff'] = {
  roles: { reviewer: 'Reviewer', lead: 'Lead', operator: 'Operator', auditor: 'Auditor' },
}
