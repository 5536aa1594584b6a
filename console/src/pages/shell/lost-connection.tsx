import { useConnection } from '../../data/live/live.ts'
import { Icon } from '../../parts/icon.tsx'
import { useText } from '../../text/use-text.ts'
import css from './lost-connection.module.css'

/** Tells quietly that nothing new is told for now. */
export function LostConnection() {
  const { offline } = useText().shell
  const isLost = useConnection() === 'lost'
  return (
    <div role="status" className={css.place}>
      {isLost && (
        <p className={css.lost} title={offline}>
          <Icon name="again" />
          <span>{offline}</span>
        </p>
      )}
    </div>
  )
}
