import { createHash } from 'node:crypto'
import type { Account } from 'shenpi/src/accounts/account.ts'
import type { MerchantParts } from './merchant-parts.ts'
import { Receiver, type ReceiverOptions } from './receiver.ts'
import { tellMore } from './tell-more.ts'

/** A receiver that this sandbox asks in process, by a host that nobody else has. */
export function createReceiver(account: Account, parts: MerchantParts, options: ReceiverOptions): Receiver {
  const { services, hosts, underWay } = parts
  const { accountId, appid } = account
  const host = `receiver-${hosts.size + 1}.test`
  const receiver = new Receiver(
    {
      url: `http://${host}/`,
      token: secretOf(host, 'token').slice(0, 32),
      encodingAesKey: secretOf(host, 'key').slice(0, 43),
      appid,
      now: () => services.clock.now(accountId),
      settle: () =>
        underWay.run(async () => {
          for (const worker of services.workers) await worker.settle(accountId)
        }),
      tellMore: () => underWay.run(() => tellMore(services, accountId, parts.lookFurther)),
    },
    options,
  )
  hosts.set(host, (request) => receiver.take(request))
  return receiver
}

/** Letters and digits that stay the same from run to run. */
const secretOf = (host: string, what: string): string => createHash('sha256').update(`${host} ${what}`).digest('hex')
