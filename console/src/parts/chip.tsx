import type { ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import css from './chip.module.css'
import { Icon } from './icon.tsx'

/** A filter that is on, and how to take it off. */
export function Chip({ label, onRemove, children }: { label: string; onRemove: () => void; children: ReactNode }) {
  const { actions } = useText()
  return (
    <span className={css.chip}>
      <span className={css.label}>{label}</span>
      <span>{children}</span>
      <button type="button" className={css.remove} aria-label={`${actions.remove} ${label}`} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </span>
  )
}
