import { type PointerEvent, useEffect, useRef, useState, type WheelEvent } from 'react'
import type { ApplicationPicture } from '../../../data/pictures.ts'
import { Icon } from '../../../parts/icon.tsx'
import { useFieldLabel } from '../../../text/use-field-label.ts'
import { useText } from '../../../text/use-text.ts'
import css from './picture-stage.module.css'
import { drawnSize, type Size, type View, zoomed } from './view.ts'

interface PictureStageProps {
  picture: ApplicationPicture
  /** Which of two it is, where both are shown. */
  caption?: string
  view: View
  onView: (view: View) => void
}

/** One picture in the room that it has; the pointer pushes it, the wheel enlarges it. */
export function PictureStage({ picture, caption, view, onView }: PictureStageProps) {
  const { pictures: text } = useText().application
  const labelOf = useFieldLabel()
  const stage = useRef<HTMLDivElement>(null)
  const room = useSize(stage)
  const [natural, setNatural] = useState<Size>()
  const push = (event: PointerEvent) => {
    if (event.buttons === 1) onView({ ...view, x: view.x + event.movementX, y: view.y + event.movementY })
  }
  const wheel = (event: WheelEvent) => onView(zoomed(view, event.deltaY < 0 ? 0.5 : -0.5))
  if (!picture.source) {
    return (
      <div className={css.missing}>
        <Icon name="picture" />
        <p>{picture.state === 'waiting' ? text.waiting : text.failed}</p>
        {picture.failure && <p className={css.failure}>{picture.failure}</p>}
      </div>
    )
  }
  const size = natural && room && drawnSize(natural, room, view)
  return (
    <div ref={stage} className={css.stage} onPointerMove={push} onWheel={wheel}>
      <img
        className={css.picture}
        src={picture.source}
        alt={text.alt(labelOf(picture.field), picture.position + 1)}
        draggable={false}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setNatural({ width: naturalWidth, height: naturalHeight })
        }
        style={{
          ...size,
          visibility: size ? 'visible' : 'hidden',
          transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) rotate(${view.quarters * 90}deg)`,
        }}
      />
      {caption && <span className={css.caption}>{caption}</span>}
    </div>
  )
}

function useSize(element: { readonly current: Element | null }): Size | undefined {
  const [size, setSize] = useState<Size>()
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => entry && setSize(entry.contentRect))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return size
}
