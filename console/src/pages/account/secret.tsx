import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { useState } from 'react'
import { rotateSecret, setAccountState } from '../../data/accounts.ts'
import { useMay } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { notify } from '../../parts/notice.ts'
import { ScrollingColumn } from '../../parts/scroller.tsx'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useText } from '../../text/use-text.ts'
import css from './account-page.module.css'

/** What a merchant proves itself with: it is never shown, but for a new one, once. */
export function Secret({ account }: { account: ApiAccount }) {
  const { secret: text, parts } = useText().accounts
  const mayChange = useMay('account.change')
  const tell = useFailureNotice()
  const [isAsking, setAsking] = useState(false)
  const [secret, setSecret] = useState<string>()
  const { appid, name, secret_frozen } = account
  const freeze = async () => {
    await setAccountState(appid, { secret_frozen: !secret_frozen })
    notify({ text: text.done })
  }
  return (
    <ScrollingColumn label={parts.secret} className={css.cards}>
      <SettingsCard title={text.title} hint={text.hint}>
        <SettingsRow title={secret_frozen ? text.frozen : text.active}>
          {mayChange && (
            <span className={css.actions}>
              <Button onClick={() => void freeze().catch(tell)}>{secret_frozen ? text.unfreeze : text.freeze}</Button>
              <Button onClick={() => setAsking(true)}>{text.rotate}…</Button>
            </span>
          )}
        </SettingsRow>
      </SettingsCard>
      {isAsking && (
        <FormDialog
          title={text.rotateTitle}
          verb={text.rotateConfirm}
          look="danger"
          send={async () => setSecret(await rotateSecret(appid))}
          onClose={() => setAsking(false)}
        >
          <p>{text.rotateBody(name)}</p>
        </FormDialog>
      )}
      {secret && !isAsking && <NewSecret secret={secret} onClose={() => setSecret(undefined)} />}
    </ScrollingColumn>
  )
}

/** It leaves by the one button, so that no key that is pressed by accident loses it. */
function NewSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { accounts, actions } = useText()
  const text = accounts.secret
  return (
    <Dialog title={text.shownTitle} width="small">
      <div className={css.dialog}>
        <p>{text.shown}</p>
        <p className={css.secret}>
          <code>{secret}</code>
          <CopyButton text={secret} label={actions.copy} />
        </p>
        <div className={css.ends}>
          <Button look="primary" onClick={onClose}>
            {text.kept}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
