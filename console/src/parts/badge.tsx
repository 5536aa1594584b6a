import type { ApplicationState } from '@shenpi/sdk/contract/states'
import { useText } from '../text/use-text.ts'
import css from './badge.module.css'
import { Icon, type IconName } from './icon.tsx'

const SIGNS: Readonly<Record<ApplicationState, IconName>> = {
  under_review: 'today',
  approved: 'approved',
  rejected: 'reject',
}

/** How an application stands, by words, sign and colour. */
export function Badge({ state }: { state: ApplicationState }) {
  return (
    <span className={`${css.badge} ${css[state]}`}>
      <Icon name={SIGNS[state]} />
      {useText().states.applications[state]}
    </span>
  )
}
