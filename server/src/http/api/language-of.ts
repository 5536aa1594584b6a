import type { Language } from '@shenpi/sdk/contract/states'
import type { FastifyRequest } from 'fastify'

/** In which language somebody reads: Chinese where it is asked for first, or else English. */
export const languageOf = ({ headers }: FastifyRequest): Language =>
  /^\s*zh\b/i.test(headers['accept-language'] ?? '') ? 'zh' : 'en'
