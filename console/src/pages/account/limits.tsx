import { ApiProblem } from '@shenpi/sdk/client'
import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { useState } from 'react'
import { setLimits } from '../../data/accounts.ts'
import { useDraft } from '../../data/drafts.ts'
import { useMay } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { useExplain } from '../../parts/explain.ts'
import { Form } from '../../parts/form.tsx'
import { notify } from '../../parts/notice.ts'
import { ScrollingColumn } from '../../parts/scroller.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { TextArea } from '../../parts/text-area.tsx'
import { TextField } from '../../parts/text-field.tsx'
import type { Faults } from '../../parts/use-faults.ts'
import { useText } from '../../text/use-text.ts'
import css from './account-page.module.css'
import { Usage } from './usage.tsx'

/** From where and how often an account may call, and how often it has today. */
export function Limits({ account }: { account: ApiAccount }) {
  const { limits: text, parts } = useText().accounts
  return (
    <ScrollingColumn label={parts.limits} className={css.cards}>
      <SettingsCard title={text.title} hint={text.hint}>
        <LimitsForm key={JSON.stringify(account.limits)} account={account} />
      </SettingsCard>
      <Usage appid={account.appid} />
    </ScrollingColumn>
  )
}

const isNumber = (typed: string): boolean => /^\d{0,12}$/.test(typed.trim())
const toNumber = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed))

function LimitsForm({ account: { appid, limits } }: { account: ApiAccount }) {
  const { accounts, actions } = useText()
  const text = accounts.limits
  const explain = useExplain()
  const mayChange = useMay('account.change')
  const [draft, change, forget] = useDraft(`limits.${appid}`, {
    ips: limits.ip_allow.join('\n'),
    daily: limits.daily_limit?.toString() ?? '',
    minute: limits.minute_limit?.toString() ?? '',
  })
  const [faults, setFaults] = useState<Faults>({})
  const send = async () => {
    const found: Faults = {
      daily: isNumber(draft.daily) ? undefined : text.numberFault,
      minute: isNumber(draft.minute) ? undefined : text.numberFault,
    }
    setFaults(found)
    if (found.daily || found.minute) return
    const ip_allow = draft.ips.split(/[\s,;]+/).filter(Boolean)
    const rates = { daily_limit: toNumber(draft.daily), minute_limit: toNumber(draft.minute) }
    try {
      await setLimits(appid, { ip_allow, ...rates })
      forget()
      notify({ text: text.saved })
    } catch (error) {
      // Which address it is stands in what the server says.
      const isOfAddress = error instanceof ApiProblem && error.code === 'request.malformed'
      setFaults(isOfAddress ? { ips: error.message } : { form: explain(error) })
    }
  }
  return (
    <Form className={css.form} faults={faults} send={() => void send()}>
      <TextArea
        label={text.ips}
        hint={text.ipsHint}
        rows={4}
        maxLength={10_000}
        readOnly={!mayChange}
        value={draft.ips}
        onChange={(ips) => change({ ips })}
        fault={faults.ips}
      />
      {(['daily', 'minute'] as const).map((name) => (
        <TextField
          key={name}
          label={text[name]}
          hint={text.numberHint}
          inputMode="numeric"
          maxLength={13}
          readOnly={!mayChange}
          value={draft[name]}
          onChange={(typed) => change({ [name]: typed })}
          fault={faults[name]}
        />
      ))}
      {mayChange && (
        <div className={css.ends}>
          <p role="alert" className={css.fault}>
            {faults.form}
          </p>
          <Button type="submit" look="primary">
            {actions.save}
          </Button>
        </div>
      )}
    </Form>
  )
}
