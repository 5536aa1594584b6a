import type { ApiRequestInFull } from '@shenpi/sdk/contract/api'
import { isProblemCode, type ProblemCode } from '@shenpi/sdk/contract/problems'
import { usePageText } from '../../text/use-page-text.ts'
import { meanings } from '../../text/zh/meanings.ts'
import css from './request-page.module.css'
import { useSandboxText } from './use-sandbox-text.ts'

type Texts = Readonly<Partial<Record<ProblemCode, string>>>

/** What a refusal means and what to do: in the chosen language, else in the server's English. */
export function Meaning({ problem, meaning }: Pick<ApiRequestInFull, 'problem' | 'meaning'>) {
  const { request: text } = useSandboxText()
  const texts = usePageText<Texts>({ zh: meanings, en: {} })
  const own = problem !== null && isProblemCode(problem) ? texts[problem] : undefined
  if (own === undefined && meaning === null) return null
  return (
    <section>
      <h2 className={css.title}>{text.meaning}</h2>
      {own === undefined ? <p lang="en">{meaning}</p> : <p>{own}</p>}
    </section>
  )
}
