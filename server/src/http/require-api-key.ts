import type { FastifyRequest } from 'fastify'
import { apiKeyCheck } from '../accounts/api-key.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'

/** Refuses a request without the native API's key. @throws Problem `api_key.invalid` */
export function requireApiKey(db: Database): (request: FastifyRequest) => Promise<void> {
  const isApiKey = apiKeyCheck(db)
  return async ({ headers }) => {
    const key = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
    if (!key || !(await isApiKey(key))) throw new Problem('api_key.invalid')
  }
}
