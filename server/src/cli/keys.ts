import { api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
import { printTable, toLocalTime } from './table.ts'

type NewKeyOptions = RemoteOptions & { role: string[]; until?: string }

export async function list(options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  const page = await client.call(api.listKeys, { query: { limit: 200 } })
  const time = (at: string | null) => (at === null ? '' : toLocalTime(at))
  answer(options, page, ({ items }) =>
    printTable(
      ['name', 'roles', 'made by', 'last used (UTC+8)', 'ends', 'revoked'],
      items.map((key) => [
        key.name,
        key.roles.join(' '),
        key.created_by,
        time(key.last_used_at),
        time(key.ends_at),
        time(key.revoked_at),
      ]),
      'No key.',
    ),
  )
}

export async function create(name: string, options: NewKeyOptions): Promise<void> {
  const client = await connect(options)
  const given = { name, roles: options.role, ends_at: options.until }
  const body = await toArgument(api.createKey.body, given)
  answer(options, await client.call(api.createKey, { body }), ({ key }) => {
    console.log(`The key ${name}, shown this once:`)
    console.log(key)
  })
}

export async function revoke(name: string, options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  const params = await toArgument(api.revokeKey.params, { name })
  answer(options, await client.call(api.revokeKey, { params }), () => console.log(`The key ${name} has ended.`))
}
