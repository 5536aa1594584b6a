import type { Messages } from '../zh.ts'

export const staff: Messages['staff'] = {
  roles: { reviewer: 'Reviewer', lead: 'Lead', operator: 'Operator', auditor: 'Auditor' },
  actors: {
    key: (name) => `key ${name}`,
    others: {
      merchant: 'the merchant',
      server: 'the server',
      calendar: 'the calendar',
      api_key: 'an API key',
      rule: 'a rule',
      quick_review: 'the quick review',
    },
  },
}
