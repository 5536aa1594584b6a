import type { ApiClient } from '@shenpi/sdk/client'
import type { Services } from 'shenpi/src/services.ts'
import type { Edges } from './edges.ts'
import type { Faults } from './faults.ts'
import type { UnderWay } from './under-way.ts'
import type { HostTable } from './way-out.ts'

/**
 * What merchants share.
 *
 * @internal
 */
export interface MerchantParts {
  services: Services
  underWay: UnderWay
  edges: Edges
  fetch: typeof fetch
  hosts: HostTable
  api: ApiClient
  faults: Faults
  /** How to look further when something did not come. */
  lookFurther: string
}
