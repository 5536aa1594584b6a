import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accountsOf, namedAccounts } from './accounts-of.ts'
import { LIST, type Listed } from './crossing-list.ts'
import type { Sent } from './record.ts'
import { plainText } from './sql-text.ts'

/** What was noted in a folder. */
export function readSent(folder: string): Sent[] {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Sent),
  )
}

/**
 * What is to be said of the statements that are neither of one account nor listed.
 *
 * @param isWhole whether everything ran that sends statements: what is listed must be sent then
 * @returns a sentence for each; nothing when every statement is accounted for
 */
export function accountFor(sent: readonly Sent[], listed: readonly Listed[], isWhole: boolean): string[] {
  const crossing = new Map<string, string>()
  for (const { sql, parameters, sender } of sent) {
    const why = whyItCrosses({ sql, parameters })
    if (why) crossing.set(plainText(sql), `${describe({ sql, sender })} ${why}.`)
  }
  const texts = [...crossing.keys()]
  const unlisted = texts.filter((text) => !listed.some(({ matches }) => matches(text)))
  const sentences = unlisted.map(
    (text) => `${crossing.get(text)} Tie it to one account, or write it into ${LIST} with the reason.`,
  )
  if (!isWhole) return sentences
  const unsent = listed.filter(({ isOfCitus, matches }) => !isOfCitus && !texts.some(matches))
  const stale = unsent.map(({ written }) => `${LIST} has a statement that no test sends: ${written}`)
  return [...sentences, ...stale, ...(sent.length === 0 ? ['No statement was noted.'] : [])]
}

function whyItCrosses({ sql, parameters }: Pick<Sent, 'sql' | 'parameters'>): string | undefined {
  const { untied, places } = accountsOf(sql)
  if (untied.length > 0) return `does not say of which account its rows of ${untied.join(' and ')} are`
  const accounts = namedAccounts(places, parameters)
  return accounts.size > 1 ? `was sent for the accounts ${[...accounts].slice(0, 5).join(', ')} at once` : undefined
}

export const describe = ({ sql, sender }: Pick<Sent, 'sql' | 'sender'>): string => `\n${plainText(sql)}\n  (${sender})`
