import { useSyncExternalStore } from 'react'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import { dismiss, listenToNotices, type Notice, noticesNow } from './notice.ts'
import css from './notices.module.css'

/** What is told in passing; those who only hear are told too. */
export function Notices() {
  const notices = useSyncExternalStore(listenToNotices, noticesNow)
  return (
    <section className={css.notices} aria-live="polite" aria-label={useText().shell.notices}>
      {notices.map((notice) => (
        <NoticeBar key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

function NoticeBar({ notice: { id, look, text, action, ms } }: { notice: Notice }) {
  const { actions } = useText()
  return (
    <div className={`${css.notice} ${css[look]}`}>
      <Icon name={look === 'failure' ? 'overdue' : 'check'} />
      <p className={css.text}>{text}</p>
      {action && (
        <button
          type="button"
          className={css.action}
          onClick={() => {
            dismiss(id)
            action.run()
          }}
        >
          {action.label ?? (
            <>
              {actions.undo} <Kbd of="undo" />
            </>
          )}
        </button>
      )}
      <IconButton icon="close" label={actions.close} onClick={() => dismiss(id)} />
      {action && !action.label && (
        <span className={css.left} style={{ animationDuration: `${ms}ms` }} aria-hidden="true" />
      )}
    </div>
  )
}
