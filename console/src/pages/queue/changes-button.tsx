import { Button } from '../../parts/button.tsx'
import { useText } from '../../text/use-text.ts'
import css from './queue-page.module.css'
import type { QueueChanges } from './use-queue-changes.ts'

/** What is new since the list was read, and how to see it. It stands over the list, so that no row moves for it. */
export function ChangesButton({ changes, onShow }: { changes: QueueChanges; onShow: () => void }) {
  const text = useText().queue
  const { arrived, changed, missed } = changes
  const isAny = arrived > 0 || changed.size > 0 || missed
  return (
    <div role="status" className={css.changes}>
      {isAny && (
        <Button look="chosen" shortcut="refresh" onClick={onShow}>
          {text.changes({ arrived, changed: changed.size })}
        </Button>
      )}
    </div>
  )
}
