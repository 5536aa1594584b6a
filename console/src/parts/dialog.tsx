import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'
import { type Handlers, useShortcuts } from '../keys/use-shortcuts.ts'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'
import css from './dialog.module.css'

interface DialogProps {
  title: string
  /** The title is there for those who hear it; the content says it already. */
  hidesTitle?: boolean
  width?: 'small' | 'narrow' | 'wide'
  /** Without it there is no way past what it asks. */
  onClose?: () => void
  focus?: RefObject<HTMLElement | null>
  /** Those that work while it is open; all others rest. */
  shortcuts?: Handlers
  children: ReactNode
}

/** Over the page, which waits: its shortcuts rest and the focus returns to where it was. */
export function Dialog({ title, hidesTitle, width = 'narrow', onClose, focus, shortcuts, children }: DialogProps) {
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose?.()}>
      <Base.Portal>
        <Base.Backdrop className={css.veil} />
        <Base.Popup className={`${css.popup} ${css[width]}`} initialFocus={focus}>
          <Keys shortcuts={shortcuts} />
          <header className={hidesTitle ? css.hidden : css.header}>
            <Base.Title className={css.title}>{title}</Base.Title>
            {onClose && <Base.Close render={<CloseButton />} />}
          </header>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function CloseButton(props: object) {
  return <IconButton icon="close" label={useText().actions.close} {...props} />
}

function Keys({ shortcuts = {} }: Pick<DialogProps, 'shortcuts'>) {
  useShortcuts(shortcuts, { blocks: true })
  return null
}
