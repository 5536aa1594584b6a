import type { DeliveryState as State } from '@shenpi/sdk/contract/states'
import { useText } from '../text/use-text.ts'
import css from './delivery-state.module.css'
import { Icon, type IconName } from './icon.tsx'

const SIGNS: Readonly<Record<State, IconName>> = {
  pending: 'today',
  delivered: 'approved',
  failed: 'reject',
  unaddressed: 'minus',
}

/** How a delivery stands, by words, sign and colour. */
export function DeliveryState({ state }: { state: State }) {
  return (
    <span className={`${css.state} ${css[state]}`}>
      <Icon name={SIGNS[state]} />
      {useText().callbacks.states[state]}
    </span>
  )
}
