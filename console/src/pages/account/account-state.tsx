import type { ApiAccount, ApiAccountState } from '@shenpi/sdk/contract/api'
import { useState } from 'react'
import { setAccountState } from '../../data/accounts.ts'
import { useMay } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { notify } from '../../parts/notice.ts'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useText } from '../../text/use-text.ts'

/** Whether an account is verified and may call. Freezing it is asked about first. */
export function AccountState({ account }: { account: ApiAccount }) {
  const text = useText().accounts.card
  const mayChange = useMay('account.change')
  const tell = useFailureNotice()
  const [isAsking, setAsking] = useState(false)
  const { appid, name, verified, frozen } = account
  const change = async (state: Partial<ApiAccountState>) => {
    await setAccountState(appid, state)
    notify({ text: text.done })
  }
  const freeze = () => (frozen ? void change({ frozen: false }).catch(tell) : setAsking(true))
  return (
    <SettingsCard title={text.state}>
      <SettingsRow title={text.verified} hint={text.verifiedHint}>
        <Tag look={verified ? 'good' : 'plain'}>{verified ? text.yes : text.no}</Tag>
        {mayChange && (
          <Button onClick={() => void change({ verified: !verified }).catch(tell)}>
            {verified ? text.unverify : text.verify}
          </Button>
        )}
      </SettingsRow>
      <SettingsRow title={text.frozen} hint={text.frozenHint}>
        <Tag look={frozen ? 'danger' : 'good'}>{frozen ? text.isFrozen : text.active}</Tag>
        {mayChange && <Button onClick={freeze}>{frozen ? text.unfreeze : `${text.freeze}…`}</Button>}
      </SettingsRow>
      {isAsking && (
        <FormDialog
          title={text.freezeTitle}
          verb={text.freeze}
          look="danger"
          send={() => change({ frozen: true })}
          onClose={() => setAsking(false)}
        >
          <p>{text.freezeBody(name)}</p>
        </FormDialog>
      )}
    </SettingsCard>
  )
}
