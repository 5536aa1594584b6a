import { type ApiOutcomeRule, api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions } from './remote.ts'
import { readRuleFile } from './rule-file.ts'
import { printTable, toLocalSecond } from './table.ts'

type RuleOptions = RemoteOptions & { appid?: string }

export async function list(options: RuleOptions): Promise<void> {
  const { appid } = options
  const client = await connect(options)
  const rules = appid
    ? await client.call(api.listOutcomeRules, { params: { appid } })
    : await client.call(api.listSharedOutcomeRules)
  answer(options, rules, ({ items }) => printRules(items))
}

/** @param file the rules in their order */
export async function set(file: string, options: RuleOptions): Promise<void> {
  const { appid } = options
  const body = await readRuleFile(file)
  const client = await connect(options)
  const rules = appid
    ? await client.call(api.setOutcomeRules, { params: { appid }, body })
    : await client.call(api.setSharedOutcomeRules, { body })
  answer(options, rules, ({ items }) => printRules(items))
}

export async function remove(name: string, options: RuleOptions): Promise<void> {
  const { appid } = options
  const client = await connect(options)
  const deleted = appid
    ? await client.call(api.deleteOutcomeRule, { params: { appid, name } })
    : await client.call(api.deleteSharedOutcomeRule, { params: { name } })
  answer(options, deleted, () => console.log(`The rule ${name} is deleted.`))
}

export async function outcomes(appid: string, options: RemoteOptions & { limit: string }): Promise<void> {
  const client = await connect(options)
  const query = { limit: Number(options.limit) }
  const page = await client.call(api.listOutcomes, { params: { appid }, query })
  answer(options, page, ({ items, next_cursor }) => {
    printTable(
      ['application', 'by', 'outcome', 'state', 'when'],
      items.map(({ application, by, move, reason, state, due_at, polls_left, refusal }) => [
        application,
        by,
        `${move} ${reason}`.trim(),
        refusal ? `${state}: ${refusal.code}` : state,
        due_at ? toLocalSecond(due_at) : polls_left === null ? '' : `after ${polls_left} queries`,
      ]),
      'No rule has matched an application.',
    )
    if (next_cursor) console.log('There are more: --limit shows up to 200.')
  })
}

function printRules(rules: readonly ApiOutcomeRule[]): void {
  printTable(
    ['position', 'name', 'match', 'outcome', 'when', 'hits'],
    rules.map(({ position, name, match, outcome, when, hits }) => [
      `${position}`,
      name,
      toWords(match) || 'everything',
      `${outcome.move} ${outcome.reason ?? ''}`.trim(),
      toWords(when) || 'at once',
      `${hits}`,
    ]),
    'There is no rule.',
  )
}

/** What is said of an object, in a line. */
const toWords = (said: object): string =>
  Object.entries(said)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ')
