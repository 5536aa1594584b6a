import { ApiProblem } from '@shenpi/sdk/client'
import type { ApiPolicy, ApiPolicyVersion } from '@shenpi/sdk/contract/api'
import type { PolicySetting } from '@shenpi/sdk/contract/states'
import { useState } from 'react'
import { changePolicy, readChangesSince, refreshPolicy } from '../../data/policy.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { TextArea } from '../../parts/text-area.tsx'
import { useText } from '../../text/use-text.ts'
import { isWhole, NUMBER_BOUNDS, NumberValue } from './number-value.tsx'
import type { PolicyInFull } from './policy-values.tsx'
import { SampleRules } from './sample-rules.tsx'
import { SecondOpinionRules } from './second-opinion-rules.tsx'
import { StaleNotice } from './stale-notice.tsx'
import { usePolicyText } from './use-policy-text.ts'

interface ChangeDialogProps {
  setting: PolicySetting
  policy: PolicyInFull
  onClose: () => void
}

/** Change one setting and say why. Whoever was slower is told what others changed, and goes on with what they typed. */
export function ChangeDialog({ setting, policy, onClose }: ChangeDialogProps) {
  const text = usePolicyText()
  const { actions } = useText()
  // As it was when the dialog opened: what is read again meanwhile changes nothing under the hands.
  const [version, setVersion] = useState(policy.version)
  const [draft, setDraft] = useState<Partial<ApiPolicy>>({ [setting]: policy.settings[setting] })
  const [typed, setTyped] = useState(String(policy.settings[setting]))
  const [reason, setReason] = useState('')
  const [newer, setNewer] = useState<ApiPolicyVersion[]>([])
  const isNumber = setting in NUMBER_BOUNDS
  const isReady = reason.trim() !== '' && (!isNumber || isWhole(setting, typed))
  const send = async () => {
    try {
      await changePolicy(version, isNumber ? { [setting]: Number(typed) } : draft, reason.trim())
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'policy.changed') {
        const changes = await readChangesSince(version)
        setNewer(changes)
        setVersion(changes[0]?.version ?? version)
        await refreshPolicy()
      }
      throw error
    }
  }
  return (
    <FormDialog
      title={text.settings[setting].title}
      width="narrow"
      verb={actions.save}
      isReady={isReady}
      send={send}
      at={{ 'policy.pinned': 'value' }}
      onClose={onClose}
    >
      {(faults) => (
        <>
          <p>{text.settings[setting].hint}</p>
          {newer.length > 0 && <StaleNotice versions={newer} />}
          {isNumber && <NumberValue setting={setting} typed={typed} onType={setTyped} fault={faults.value} />}
          {setting === 'second_opinion' && (
            <SecondOpinionRules
              rules={draft.second_opinion ?? []}
              onChange={(second_opinion) => setDraft({ second_opinion })}
            />
          )}
          {setting === 'samples' && (
            <SampleRules rules={draft.samples ?? []} onChange={(samples) => setDraft({ samples })} />
          )}
          <TextArea label={text.why} hint={text.whyHint} value={reason} onChange={setReason} rows={2} maxLength={500} />
        </>
      )}
    </FormDialog>
  )
}
