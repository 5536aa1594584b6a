import type { ApiRequestInFull } from '@shenpi/sdk/contract/api'
import type { CheckResult } from '@shenpi/sdk/contract/states'
import { Icon, type IconName } from '../../parts/icon.tsx'
import css from './request-page.module.css'
import { useSandboxText } from './use-sandbox-text.ts'

const SIGNS: Readonly<Record<CheckResult, IconName>> = { passed: 'check', refused: 'reject', not_reached: 'minus' }

/** The checks in their order, and where the request ended. */
export function Checks({ checks }: Pick<ApiRequestInFull, 'checks'>) {
  const text = useSandboxText()
  return (
    <section>
      <h2 className={css.title}>{text.request.checks}</h2>
      <ol className={css.checks}>
        {checks.map(({ name, result }) => (
          <li key={name} className={css.check} data-result={result} title={text.results[result]}>
            <Icon name={SIGNS[result]} />
            {text.checks[name]}
            <span className={css.hidden}>{text.results[result]}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
