import type { ApiPolicyOrigin } from '@shenpi/sdk/contract/api'
import { POLICY_SETTINGS, type PolicySetting } from '@shenpi/sdk/contract/states'
import { useState } from 'react'
import type { client } from '../../data/client.ts'
import { Button } from '../../parts/button.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import { ChangeDialog } from './change-dialog.tsx'
import css from './policy-values.module.css'
import { usePolicyText } from './use-policy-text.ts'
import { useSettingValue } from './use-setting-value.ts'

export type PolicyInFull = Awaited<ReturnType<typeof client.getPolicy>>

/** Every setting: what it is, how it stands, since whom and why. */
export function PolicyValues({ policy, mayChange }: { policy: PolicyInFull; mayChange: boolean }) {
  const text = usePolicyText()
  const [changed, setChanged] = useState<PolicySetting>()
  return (
    <SettingsCard title={text.values} hint={mayChange ? text.valuesHint : text.readOnly}>
      {POLICY_SETTINGS.map((setting) => (
        <Value
          key={setting}
          setting={setting}
          policy={policy}
          onChange={mayChange && !policy.pinned.includes(setting) ? () => setChanged(setting) : undefined}
        />
      ))}
      {changed && <ChangeDialog setting={changed} policy={policy} onClose={() => setChanged(undefined)} />}
    </SettingsCard>
  )
}

interface ValueProps {
  setting: PolicySetting
  policy: PolicyInFull
  onChange?: () => void
}

function Value({ setting, policy, onChange }: ValueProps) {
  const text = usePolicyText()
  const wordsOf = useSettingValue()
  const { title, hint } = text.settings[setting]
  const lines = wordsOf(setting, policy.settings)
  return (
    <div className={css.row} data-setting={setting}>
      <div className={css.what}>
        <h3>{title}</h3>
        <p className={css.hint}>{hint}</p>
      </div>
      <div className={css.value}>
        {lines.length === 0 ? text.none : lines.map((line) => <div key={line}>{line}</div>)}
        <Origin setting={setting} policy={policy} />
      </div>
      <div className={css.action}>
        {onChange && (
          <Button aria-label={text.changeTitle(title)} onClick={onChange}>
            {text.change}
          </Button>
        )}
      </div>
    </div>
  )
}

function Origin({ setting, policy }: Omit<ValueProps, 'onChange'>) {
  const text = usePolicyText()
  const origin = policy.changed.find((each) => each.setting === setting)
  const isFirst = JSON.stringify(policy.settings[setting]) === JSON.stringify(policy.first[setting])
  const isPinned = policy.pinned.includes(setting)
  if (isFirst && !origin && !isPinned) return null
  return (
    <p className={css.hint}>
      {isPinned ? text.from.pinned : origin ? <Changed origin={origin} /> : text.from.changedBefore}
    </p>
  )
}

function Changed({ origin }: { origin: ApiPolicyOrigin }) {
  const text = usePolicyText()
  const dates = useDates()
  const nameOf = useActorName()
  const { changed_by, changed_at, reason } = origin
  return <PlainText text={text.from.changed(nameOf(changed_by), dates.short(changed_at), reason)} />
}
