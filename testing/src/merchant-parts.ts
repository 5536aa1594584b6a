import type { FastifyInstance } from 'fastify'
import type { Services } from 'shenpi/src/services.ts'
import type { HostTable } from './way-out.ts'

/**
 * What merchants share.
 *
 * @internal
 */
export interface MerchantParts {
  services: Services
  app: FastifyInstance
  fetch: typeof fetch
  hosts: HostTable
  /** How to look further when something did not come. */
  lookFurther: string
}
