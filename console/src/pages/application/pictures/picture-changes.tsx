import type { ApiComparison } from '@shenpi/sdk/contract/api'
import { pictureSource } from '../../../data/pictures.ts'
import { Icon } from '../../../parts/icon.tsx'
import { useFieldLabel } from '../../../text/use-field-label.ts'
import { useText } from '../../../text/use-text.ts'
import css from './picture-changes.module.css'

interface PictureChangesProps {
  /** The application. */
  id: string
  /** The earlier try, and the pictures of one field in both. */
  earlierId: string
  pictures: ApiComparison['pictures']
}

/** The pictures of a field beside those of an earlier try, pair by pair: what was replaced, came and went. */
export function PictureChanges({ id, earlierId, pictures }: PictureChangesProps) {
  const { pictures: text } = useText().application
  return (
    <ul className={css.pairs}>
      {pictures.map(({ field, change, old, new: now }) => (
        <li key={`${old}-${now}`} className={css.pair} data-change={change}>
          {change !== 'same' && change !== 'new' && <Small id={earlierId} field={field} position={old} of="earlier" />}
          {change === 'changed' && <Icon name="right" />}
          {change !== 'gone' && <Small id={id} field={field} position={now} of="now" />}
          <span className={css.change}>{text.changes[change]}</span>
        </li>
      ))}
    </ul>
  )
}

function Small(props: { id: string; field: string; position: number | null; of: 'earlier' | 'now' }) {
  const { pictures: text } = useText().application
  const labelOf = useFieldLabel()
  const { id, field, position, of } = props
  if (position === null) return null
  const alt = `${text[of]}: ${text.alt(labelOf(field), position + 1)}`
  return <img className={css.small} src={pictureSource(id, field, position)} alt={alt} title={alt} loading="lazy" />
}
