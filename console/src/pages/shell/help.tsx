import { SHORTCUT_GROUPS } from '../../keys/shortcuts.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { HelpGroup } from '../../parts/help-group.tsx'
import { useText } from '../../text/use-text.ts'
import css from './help.module.css'

/** Every shortcut, as the table has it. */
export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={useText().help.title} width="wide" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <div className={css.groups} tabIndex={0} role="group" aria-label={useText().help.title}>
        {SHORTCUT_GROUPS.map((group) => (
          <HelpGroup key={group} group={group} />
        ))}
      </div>
    </Dialog>
  )
}
