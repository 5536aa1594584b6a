import { api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions } from './remote.ts'
import { printTable, toLocalTime } from './table.ts'

export async function create(options: RemoteOptions & { name: string }): Promise<void> {
  const client = await connect(options)
  const account = await client.call(api.createAccount, { body: { name: options.name } })
  answer(options, account, () => {
    console.log(`appid   ${account.appid}`)
    console.log(`secret  ${account.secret}`)
    console.log('The secret is shown this once.')
  })
}

export async function list(options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  const page = await client.call(api.listAccounts, { query: { limit: 200 } })
  answer(options, page, ({ items }) =>
    printTable(
      ['appid', 'name', 'devices', 'callback', 'created (UTC+8)'],
      items.map((item) => [
        item.appid,
        item.name,
        `${item.device_quota.allocated}/${item.device_quota.ceiling}`,
        item.callback ? `${item.callback.url} (${item.callback.mode}, ${item.callback.format})` : '–',
        toLocalTime(item.created_at),
      ]),
      'No account.',
    ),
  )
}

type CallbackOptions = RemoteOptions & {
  callbackUrl: string
  token: string
  encodingAesKey?: string
  mode: string
  format: string
}

export async function callback(appid: string, options: CallbackOptions): Promise<void> {
  const client = await connect(options)
  const { callbackUrl: url, token, encodingAesKey: encoding_aes_key, mode, format } = options
  const body = { url, token, encoding_aes_key, mode, format } as never
  const setting = await client.call(api.setCallback, { params: { appid }, body })
  answer(options, setting, () => console.log(`${appid} is called back at ${setting.url}, verified.`))
}
