import { useState } from 'react'
import type { ApplicationPicture } from '../../../data/pictures.ts'
import { useShortcuts } from '../../../keys/use-shortcuts.ts'
import { useFieldLabel } from '../../../text/use-field-label.ts'
import { useText } from '../../../text/use-text.ts'
import { PictureStage } from './picture-stage.tsx'
import { PictureStrip } from './picture-strip.tsx'
import { PictureTools } from './picture-tools.tsx'
import css from './picture-viewer.module.css'
import { Reading } from './reading.tsx'
import { FITTED, turned, type View, zoomed } from './view.ts'

interface PictureViewerProps {
  /** The application. */
  id: string
  pictures: readonly ApplicationPicture[]
  /** The one that it replaces, of the try that this one is compared with. */
  earlierOf: (picture: ApplicationPicture) => ApplicationPicture | undefined
}

/** The pictures of an application, one large or two side by side, moved by keys alone. */
export function PictureViewer({ id, pictures, earlierOf }: PictureViewerProps) {
  const text = useText().application.pictures
  const labelOf = useFieldLabel()
  const [at, setAt] = useState(0)
  const [view, setView] = useState<View>(FITTED)
  const [compares, setCompares] = useState(false)
  const [isLarge, setLarge] = useState(false)
  const many = pictures.length > 1
  const picture = pictures[at]
  const earlier = picture && earlierOf(picture)
  const choose = (index: number) => {
    setAt((index + pictures.length) % pictures.length)
    setView(FITTED)
  }
  useShortcuts({
    nextPicture: many ? () => choose(at + 1) : undefined,
    previousPicture: many ? () => choose(at - 1) : undefined,
    comparePictures: many || earlier ? () => setCompares(!compares) : undefined,
    zoomIn: () => setView(zoomed(view, 1)),
    zoomOut: () => setView(zoomed(view, -1)),
    fitPicture: () => setView(FITTED),
    rotate: () => setView(turned(view)),
    enlarge: () => setLarge(!isLarge),
    ...(isLarge && { backToQueue: () => setLarge(false) }),
  })
  const beside = earlier ?? (many ? pictures[(at + 1) % pictures.length] : undefined)
  const shown = compares && beside ? (earlier ? [earlier, picture] : [picture, beside]) : [picture]
  return (
    <section className={`${css.viewer} ${isLarge ? css.large : ''}`} aria-label={text.title}>
      <div className={css.stages}>
        {shown.map(
          (each) =>
            each && (
              <PictureStage
                key={each.source ?? `${each.field}${each.position}`}
                picture={each}
                caption={compares && earlier ? text[each === earlier ? 'earlier' : 'now'] : undefined}
                view={view}
                onView={setView}
              />
            ),
        )}
      </div>
      {picture?.is_readable && <Reading id={id} picture={picture} />}
      <div className={css.foot}>
        <p className={css.caption}>
          <span>{labelOf(picture?.field ?? '')}</span>
          <span className={css.position}>{text.position(at + 1, pictures.length)}</span>
        </p>
        {many && <PictureStrip pictures={pictures} at={at} onChoose={choose} />}
        <PictureTools />
      </div>
    </section>
  )
}
