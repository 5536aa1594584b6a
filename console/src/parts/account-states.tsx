import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { useText } from '../text/use-text.ts'
import css from './account-states.module.css'
import { Tag } from './tag.tsx'

/** What is the matter with an account. @param tellsNormal says so where nothing is */
export function AccountStates({ account, tellsNormal }: { account: ApiAccount; tellsNormal?: boolean }) {
  const { state, normal } = useText().accounts
  const { frozen, secret_frozen, verified } = account
  return (
    <span className={css.states}>
      {frozen && <Tag look="danger">{state.frozen}</Tag>}
      {secret_frozen && <Tag look="warn">{state.secret_frozen}</Tag>}
      {!verified && <Tag>{state.unverified}</Tag>}
      {tellsNormal && !frozen && !secret_frozen && verified && <span className={css.normal}>{normal}</span>}
    </span>
  )
}
