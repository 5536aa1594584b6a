import { parse } from '../http/contract.ts'
import { Problem } from '../problem.ts'
import { Exchange, targetOf } from './recording.ts'

/**
 * An exchange as a recording may hold it. Both ends ask: one line that is refused when it is read would take all others along.
 *
 * @throws Error that says which member is wrong
 */
export async function checkExchange(value: unknown): Promise<Exchange> {
  try {
    const exchange = await parse(Exchange, value, 'request.malformed')
    targetOf(exchange)
    return exchange
  } catch (error) {
    throw error instanceof Problem ? new Error(error.detail ?? error.message) : error
  }
}
