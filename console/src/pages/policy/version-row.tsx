import type { ApiPolicyVersion } from '@shenpi/sdk/contract/api'
import { POLICY_SETTINGS } from '@shenpi/sdk/contract/states'
import { PlainText } from '../../parts/plain-text.tsx'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import { usePolicyText } from './use-policy-text.ts'
import { useSettingValue } from './use-setting-value.ts'
import css from './versions.module.css'

/** A change of the policy: who, when, why, and what became what. */
export function VersionRow({ version }: { version: ApiPolicyVersion }) {
  const text = usePolicyText()
  const dates = useDates()
  const nameOf = useActorName()
  const wordsOf = useSettingValue()
  const { before, settings, changed_by, changed_at, reason } = version
  const changed = POLICY_SETTINGS.filter((setting) => setting in before)
  return (
    <div className={css.version}>
      <p className={css.head}>
        <span className={css.number}>{text.version(version.version)}</span>
        <PlainText text={nameOf(changed_by)} />
        <time dateTime={changed_at} title={dates.exact(changed_at)} className={css.time}>
          {dates.short(changed_at)}
        </time>
      </p>
      <p>
        <PlainText text={reason} />
      </p>
      {changed.map((setting) => {
        const [from, to] = [before, settings].map((each) => wordsOf(setting, each).join('; ') || text.none)
        return (
          <p key={setting} className={css.change}>
            {text.fromTo(text.settings[setting].title, from ?? '', to ?? '')}
          </p>
        )
      })}
    </div>
  )
}
