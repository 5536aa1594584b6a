import { type ApiFault, api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
import { printTable, toLocalTime, toTerminal } from './table.ts'

type OfAccount = RemoteOptions & { appid?: string }

interface SetOptions extends OfAccount {
  scenario?: string
  effect?: string
  where?: string
  path?: string[]
  event?: string[]
  share?: string
  skip?: string
  next?: string
  times?: string
  until?: string
}

export async function list({ appid, ...options }: OfAccount): Promise<void> {
  const client = await connect(options)
  const items: ApiFault[] = []
  let cursor: string | null | undefined
  do {
    const query = await toArgument(api.listFaults.query, { appid, cursor, limit: 200 })
    const page = await client.call(api.listFaults, { query })
    items.push(...page.items)
    cursor = page.next_cursor
  } while (cursor)
  answer(options, items, show)
}

/** @throws Problem, Error in a sentence for an effect that is no JSON */
export async function set(name: string, { appid, ...options }: SetOptions): Promise<void> {
  const client = await connect(options)
  const { path: paths, event: events, share, skip, next } = options
  const body = await toArgument(api.setFault.body, {
    scenario: options.scenario,
    effect: options.effect === undefined ? undefined : parseEffect(options.effect),
    where: options.where,
    match: { appid, paths, events, share, skip, next },
    times: options.times,
    ends_at: options.until,
  })
  const params = await toArgument(api.setFault.params, { name })
  answer(options, await client.call(api.setFault, { params, body }), (fault) => show([fault]))
}

export async function remove(name: string, { appid, ...options }: OfAccount): Promise<void> {
  const client = await connect(options)
  const params = await toArgument(api.deleteFault.params, { name })
  const query = await toArgument(api.deleteFault.query, { appid })
  answer(options, await client.call(api.deleteFault, { params, query }), ({ hits }) =>
    console.log(`The rule ${name} is deleted. It struck ${hits === 1 ? 'once' : `${hits} times`}.`),
  )
}

export async function scenarios(options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  answer(options, await client.call(api.listScenarios), ({ items }) =>
    printTable(
      ['scenario', 'what happens', 'what is good then'],
      items.map(({ name, happens, handled }) => [name, happens, handled]),
      'No scenario.',
    ),
  )
}

function parseEffect(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`--effect is JSON, like '{"type":"errcode","errcode":-1}'`)
  }
}

function show(faults: readonly ApiFault[]): void {
  printTable(
    ['name', 'of', 'effect', 'where', 'seen', 'hits', 'until'],
    faults.map(({ name, scenario, match, effect, where, times, seen, hits, active, ends_at }) => [
      name,
      match.appid ?? 'all',
      toTerminal(scenario ?? JSON.stringify(effect)),
      where ?? '',
      String(seen),
      times === null ? String(hits) : `${hits}/${times}`,
      active ? toLocalTime(ends_at) : 'ended',
    ]),
    'No rule of faults.',
  )
}
