import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useText } from '../../text/use-text.ts'
import css from './settings-page.module.css'

/** New recovery codes, which are shown this once. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { settings: text, actions } = useText()
  return (
    <Dialog title={text.recoveryCodes} width="small" onClose={onClose}>
      <div className={css.form}>
        <p>{text.recoveryHint}</p>
        <ol className={css.codes}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <div className={css.actions}>
          <CopyButton text={codes.join('\n')} label={actions.copy} />
          <Button look="primary" onClick={onClose}>
            {text.kept}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
