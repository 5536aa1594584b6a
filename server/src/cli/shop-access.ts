import { api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
import { toLocalTime } from './table.ts'

export async function status(appid: string, options: RemoteOptions & { set?: string }): Promise<void> {
  const client = await connect(options)
  const params = { appid }
  const access = options.set
    ? await client.call(api.setShopStatus, {
        params,
        body: await toArgument(api.setShopStatus.body, { status: options.set }),
      })
    : await client.call(api.getShopAccess, { params })
  answer(options, access, ({ status, connected_at }) =>
    console.log(connected_at ? `${status}, open since ${toLocalTime(connected_at)} (UTC+8)` : status),
  )
}
