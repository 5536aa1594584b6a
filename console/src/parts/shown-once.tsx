import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { Dialog } from './dialog.tsx'
import css from './shown-once.module.css'

interface ShownOnceProps {
  title: string
  hint: string
  /** A link or a key, which is in no other place. */
  secret: string
  done: string
  onClose: () => void
}

/** What the server tells this once: it can be copied, and is gone when the dialog closes. */
export function ShownOnce({ title, hint, secret, done, onClose }: ShownOnceProps) {
  const { actions } = useText()
  return (
    <Dialog title={title} width="narrow" onClose={onClose}>
      <div className={css.body}>
        <p>{hint}</p>
        <p className={css.secret}>
          <span className={css.text}>{secret}</span>
          <CopyButton text={secret} label={actions.copy} />
        </p>
        <div className={css.foot}>
          <Button look="primary" onClick={onClose}>
            {done}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
