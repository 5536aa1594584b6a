import type { ApiFinding, ApiRequestInFull } from '@shenpi/sdk/contract/api'
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
  const { request: text, expectations, seen, units } = useSandboxText()
  const number = useNumbers()
  const { path, problem, expected, limit, measure, unit } = finding
  const size = measure === null ? '' : ` ${number(measure)}${unit ? ` ${units[unit]}` : ''}`
  const isCount = unit === 'calls' || unit === 'devices' || unit === 'bytes' || unit === 'values'
  return (
    <tr>
      <th scope="row" className={css.field}>
        <code>{path || text.whole}</code>
        <p className={css.hint}>{why}</p>
      </th>
      <td>
        {expectations[expected](limit ?? '')}
        <p className={css.hint}>{text.was(isCount ? size.trim() : `${seen[finding.seen]}${size}`)}</p>
      </td>
      <td className={css.problem}>
        <code>{problem}</code>
      </td>
    </tr>
  )
}
