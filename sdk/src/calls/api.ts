// Written from the contract by `npm run calls -w sdk`; calls.test.ts tells when it is out of date.

import type { api, Endpoint } from '../contract/api.ts'

export const API_ENDPOINTS: { [E in keyof typeof api]: Pick<Endpoint, 'method' | 'path'> } = {
  createAccount: { method: 'POST', path: '/accounts' },
  listAccounts: { method: 'GET', path: '/accounts' },
  getAccount: { method: 'GET', path: '/accounts/{appid}' },
  setAccountState: { method: 'PATCH', path: '/accounts/{appid}' },
  rotateSecret: { method: 'POST', path: '/accounts/{appid}/secret' },
  setCallback: { method: 'PUT', path: '/accounts/{appid}/callback' },
  setLimits: { method: 'PUT', path: '/accounts/{appid}/limits' },
  getDeviceQuota: { method: 'GET', path: '/accounts/{appid}/device-quota' },
  applyForDeviceQuota: { method: 'POST', path: '/accounts/{appid}/device-quota' },
  getShopAccess: { method: 'GET', path: '/accounts/{appid}/shop-access' },
  setShopStatus: { method: 'PUT', path: '/accounts/{appid}/shop-access' },
  getMiniappCertificates: { method: 'GET', path: '/accounts/{appid}/miniapp-certificates' },
  setMiniappCertificates: { method: 'PUT', path: '/accounts/{appid}/miniapp-certificates' },
  importCategories: { method: 'PUT', path: '/categories' },
  listApplications: { method: 'GET', path: '/applications' },
  getApplication: { method: 'GET', path: '/applications/{id}' },
  decideApplication: { method: 'POST', path: '/applications/{id}/decision' },
  listDeliveries: { method: 'GET', path: '/deliveries' },
  getDelivery: { method: 'GET', path: '/deliveries/{id}' },
  replayDelivery: { method: 'POST', path: '/deliveries/{id}/replay' },
  listQueues: { method: 'GET', path: '/queues' },
  listQueuedJobs: { method: 'GET', path: '/queues/{name}' },
  shake: { method: 'POST', path: '/shakes' },
  openShakenPage: { method: 'POST', path: '/shakes/{ticket}/open' },
}
