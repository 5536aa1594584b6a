import type { Messages } from '../zh.ts'

export const states: Messages['states'] = {
  kinds: {
    account_activation: 'Shake Nearby opening',
    device_batch: 'Device IDs',
    device_quota: 'Higher device ceiling',
    category_qualification: 'Category qualification',
    brand_qualification: 'Brand qualification',
    shop_registration: 'Shop component opening',
    shop_scene: 'Shop scene',
    store: 'Store',
  },
  stages: {
    open: 'Open',
    second_opinion: 'Second opinion',
    scheduled: 'About to take effect',
    refused: 'Could not take effect',
  },
  applications: { under_review: 'Under review', approved: 'Approved', rejected: 'Rejected' },
}
