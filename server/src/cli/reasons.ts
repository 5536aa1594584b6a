import { api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
import { printTable, toTerminal } from './table.ts'

type ListOptions = RemoteOptions & { kind?: string; language: string }

/** The library of reasons that is offered. */
export async function list(options: ListOptions): Promise<void> {
  const client = await connect(options)
  const { kind } = options
  const query = await toArgument(api.listReasons.query, { kind, limit: 200 })
  const page = await client.call(api.listReasons, { query })
  const language = options.language === 'en' ? 'en' : 'zh'
  answer(options, page, ({ items }) =>
    printTable(
      ['no', 'kind', 'fields', 'title', 'text'],
      items.map(({ reason_no, kind, fields, title, text }) => [
        String(reason_no),
        kind,
        fields.join(' '),
        toTerminal(title[language]),
        toTerminal(text[language]),
      ]),
      'No reason.',
    ),
  )
}
