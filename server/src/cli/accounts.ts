import { type ApiAccountState, type ApiLimits, api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
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
  const given = { url, token, encoding_aes_key, mode, format }
  const body = await toArgument(api.setCallback.body, given)
  const setting = await client.call(api.setCallback, { params: { appid }, body })
  answer(options, setting, () => console.log(`${appid} is called back at ${setting.url}, verified.`))
}

type StateOptions = RemoteOptions & { verified?: string; frozen?: string; secretFrozen?: string }

export async function state(appid: string, options: StateOptions): Promise<void> {
  const client = await connect(options)
  const { verified, frozen, secretFrozen } = options
  const wanted: Partial<ApiAccountState> = {
    ...(verified !== undefined && { verified: isYes('--verified', verified) }),
    ...(frozen !== undefined && { frozen: isYes('--frozen', frozen) }),
    ...(secretFrozen !== undefined && { secret_frozen: isYes('--secret-frozen', secretFrozen) }),
  }
  const isAsked = Object.keys(wanted).length > 0
  const account = isAsked
    ? await client.call(api.setAccountState, { params: { appid }, body: wanted })
    : await client.call(api.getAccount, { params: { appid } })
  answer(options, account, (account) => {
    console.log(`verified        ${toYes(account.verified)}`)
    console.log(`frozen          ${toYes(account.frozen)}`)
    console.log(`secret frozen   ${toYes(account.secret_frozen)}`)
  })
}

const toYes = (is: boolean): string => (is ? 'yes' : 'no')

/** @throws Error when it is neither yes nor no. */
function isYes(option: string, text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw new Error(`${option}: "yes" or "no", not "${text}"`)
  return text === 'yes'
}

type LimitsOptions = RemoteOptions & { ipAllow?: string; daily?: string; minute?: string }

export async function limits(appid: string, options: LimitsOptions): Promise<void> {
  const client = await connect(options)
  const { limits: current } = await client.call(api.getAccount, { params: { appid } })
  const { ipAllow, daily, minute } = options
  const wanted: ApiLimits = {
    ip_allow: ipAllow === undefined ? current.ip_allow : toList(ipAllow),
    daily_limit: daily === undefined ? current.daily_limit : toLimit('--daily', daily),
    minute_limit: minute === undefined ? current.minute_limit : toLimit('--minute', minute),
  }
  const isAsked = ipAllow !== undefined || daily !== undefined || minute !== undefined
  const limits = isAsked ? await client.call(api.setLimits, { params: { appid }, body: wanted }) : current
  answer(options, limits, () => {
    console.log(`calls from    ${limits.ip_allow.join(', ') || 'anywhere'}`)
    console.log(`in a day      ${inWords(limits.daily_limit)}`)
    console.log(`in a minute   ${inWords(limits.minute_limit)}`)
  })
}

const toList = (text: string): string[] => (text === 'any' ? [] : text.split(',').map((entry) => entry.trim()))

/** @throws Error when it is neither a number nor `default`. */
function toLimit(option: string, text: string): number | null {
  if (text === 'default') return null
  if (!/^\d{1,12}$/.test(text)) throw new Error(`${option}: a whole number or "default", not "${text}"`)
  return Number(text)
}

function inWords(limit: number | null): string {
  if (limit === null) return 'the server’s default'
  return limit === 0 ? 'no limit' : `${limit} of one path`
}
