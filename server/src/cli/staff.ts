import { type ApiOneTimeLink, api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
import { printTable, toLocalTime, toTerminal } from './table.ts'

export async function invite(options: RemoteOptions & { name: string; role: string[] }): Promise<void> {
  const client = await connect(options)
  const body = await toArgument(api.inviteStaff.body, { name: options.name, roles: options.role })
  answer(options, await client.call(api.inviteStaff, { body }), showLink)
}

export async function list(options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  const page = await client.call(api.listStaff, { query: { limit: 200 } })
  answer(options, page, ({ items, next_cursor }) => {
    printTable(
      ['name', 'roles', 'state', 'last sign-in (UTC+8)'],
      items.map(({ name, roles, state, last_sign_in_at: at }) => [
        name,
        roles.join(', '),
        state,
        at === null ? '' : toLocalTime(at),
      ]),
      'There is no staff yet.',
    )
    if (next_cursor) console.log('There are more.')
  })
}

export async function deactivate(name: string, options: RemoteOptions & { revokeKeys?: boolean }): Promise<void> {
  const client = await connect(options)
  const query = { keys: options.revokeKeys ? ('revoke' as const) : ('keep' as const) }
  const member = await client.call(api.deactivateStaff, { params: { name }, query })
  const made = { created_by: `staff:${member.name}`, limit: 200 }
  const { items } = await client.call(api.listKeys, { query: made })
  const left = items.filter(({ revoked_at }) => revoked_at === null).map((key) => key.name)
  answer(options, member, () => {
    console.log(`${toTerminal(member.name)} is deactivated, and all their sessions have ended.`)
    if (left.length === 0) return
    console.log(`Keys that they made still count: ${left.join(', ')}.`)
    console.log(
      'Who may have copied them? End them by the same command with --revoke-keys, or one by shenpi key revoke.',
    )
  })
}

export async function reset(name: string, options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  answer(options, await client.call(api.resetStaff, { params: { name } }), showLink)
}

function showLink({ name, link, expires_at }: ApiOneTimeLink): void {
  console.log(link)
  console.log(`For ${toTerminal(name)} alone: it is good once, until ${toLocalTime(expires_at)} (UTC+8).`)
}
