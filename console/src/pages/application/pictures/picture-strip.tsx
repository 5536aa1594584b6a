import type { ApplicationPicture } from '../../../data/pictures.ts'
import { Icon } from '../../../parts/icon.tsx'
import { useFieldLabel } from '../../../text/use-field-label.ts'
import { useText } from '../../../text/use-text.ts'
import css from './picture-strip.module.css'

interface PictureStripProps {
  pictures: readonly ApplicationPicture[]
  at: number
  onChoose: (index: number) => void
}

/** All pictures, small. */
export function PictureStrip({ pictures, at, onChoose }: PictureStripProps) {
  const { pictures: text } = useText().application
  const labelOf = useFieldLabel()
  return (
    <ul className={css.strip} aria-label={text.strip}>
      {pictures.map((picture, index) => {
        const label = text.alt(labelOf(picture.field), picture.position + 1)
        return (
          <li key={`${picture.field}${picture.position}`}>
            <button
              type="button"
              className={css.choice}
              aria-label={label}
              aria-pressed={index === at}
              title={label}
              onClick={() => onChoose(index)}
            >
              {picture.source ? (
                <img src={picture.source} alt="" loading="lazy" className={css.small} />
              ) : (
                <Icon name="picture" />
              )}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
