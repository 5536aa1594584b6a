import { api } from '@shenpi/sdk/contract/api'
import { readJsonFile } from './json-file.ts'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'

type SetOptions = RemoteOptions & { why: string }

export async function show(options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  answer(options, await client.call(api.getPolicy, {}), ({ version, settings, pinned, calendar }) => {
    for (const [name, value] of Object.entries(settings)) {
      console.log(`${name}: ${JSON.stringify(value)}${pinned.includes(name) ? ' (held fast by the environment)' : ''}`)
    }
    console.log(`Version ${version}. Holidays are known of ${calendar.years.at(0)} to ${calendar.years.at(-1)}.`)
    if (calendar.missing !== null) console.log(`The holidays of ${calendar.missing} are missing: calendar load`)
  })
}

/** @param file JSON with the settings that change, as the native API names them */
export async function set(file: string, options: SetOptions): Promise<void> {
  const body = await toArgument(api.changePolicy.body, { settings: await readJsonFile(file), reason: options.why })
  const client = await connect(options)
  const { version } = await client.call(api.getPolicy, {})
  const changed = await client.call(api.changePolicy, { version, body })
  answer(options, changed, () => console.log(`The policy is at version ${changed.version}.`))
}

/** @param file JSON with `holidays` and `workdays`, lists of `YYYY-MM-DD` */
export async function loadCalendar(year: string, file: string, options: RemoteOptions): Promise<void> {
  const params = await toArgument(api.loadCalendarYear.params, { year })
  const body = await toArgument(api.loadCalendarYear.body, await readJsonFile(file))
  const client = await connect(options)
  const calendar = await client.call(api.loadCalendarYear, { params, body })
  answer(options, calendar, () => console.log(`The holidays of ${year} are known. Due times follow within a minute.`))
}
