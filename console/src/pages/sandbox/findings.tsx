import type { ApiFinding, ApiRequestInFull } from '@shenpi/sdk/contract/api'
import type { Measure } from '@shenpi/sdk/contract/states'
import { useNumbers } from '../../text/use-numbers.ts'
import css from './request-page.module.css'
import { useSandboxText } from './use-sandbox-text.ts'

/** Which fields do not fit: the one that the request was refused for, and what would have been refused after it. */
export function Findings({ findings }: Pick<ApiRequestInFull, 'findings'>) {
  const { request: text } = useSandboxText()
  const [first, ...others] = findings
  return (
    <section>
      <h2 className={css.title}>{text.findings}</h2>
      <table className={css.table}>
        <tbody>
          {first && <FindingRow finding={first} why={text.first} />}
          {others.map((finding) => (
            <FindingRow key={finding.path} finding={finding} why={text.alsoRefused} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function FindingRow({ finding, why }: { finding: ApiFinding; why: string }) {
  const { request: text } = useSandboxText()
  const { expectedOf, seenOf } = useFindingWords()
  const { path, problem } = finding
  const seen = seenOf(finding)
  return (
    <tr>
      <th scope="row" className={css.field}>
        <code>{path || text.whole}</code>
        <p className={css.hint}>{why}</p>
      </th>
      <td>
        {expectedOf(finding)}
        {seen && <p className={css.hint}>{text.was(seen)}</p>}
      </td>
      <td className={css.problem}>
        <code>{problem}</code>
      </td>
    </tr>
  )
}

/** What one field is measured by; other measures are of the whole request, or of what the account has. */
const OF_FIELDS: readonly Measure[] = ['characters', 'weight', 'items']

function useFindingWords() {
  const { request: text, expectations, seen, units } = useSandboxText()
  const number = useNumbers()
  const sizeOf = (size: number, unit: Measure | null) => (unit === null ? number(size) : units[unit](size))
  return {
    expectedOf({ expected, limit, unit }: ApiFinding): string {
      const isBound = expected === 'at_most' || expected === 'at_least'
      return expectations[expected](isBound ? sizeOf(Number(limit), unit) : (limit ?? ''))
    },
    seenOf({ seen: type, measure, unit }: ApiFinding): string | undefined {
      const size = measure === null ? undefined : sizeOf(measure, unit)
      if (unit !== null && !OF_FIELDS.includes(unit)) return size
      return size === undefined ? seen[type] : text.sized(seen[type], size)
    },
  }
}
