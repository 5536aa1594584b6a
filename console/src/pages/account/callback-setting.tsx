import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { useState } from 'react'
import { useMay } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import { CallbackDialog } from './callback-dialog.tsx'
import css from './callback-setting.module.css'

export function CallbackSetting({ account }: { account: ApiAccount }) {
  const text = useText().accounts.callback
  const dates = useDates()
  const mayChange = useMay('account.change')
  const [isOpen, setOpen] = useState(false)
  const { callback } = account
  return (
    <section className={css.setting} aria-label={text.title}>
      <div className={css.words}>
        <h2>{text.title}</h2>
        {callback ? (
          <>
            <p className={css.url}>{callback.url}</p>
            <p className={css.hint}>
              {text.modes[callback.mode]} · {callback.format.toUpperCase()} ·{' '}
              {text.verified(dates.short(callback.verified_at))}
            </p>
          </>
        ) : (
          <p className={css.hint}>{text.none}</p>
        )}
      </div>
      {mayChange && <Button onClick={() => setOpen(true)}>{callback ? `${text.change}…` : `${text.set}…`}</Button>}
      {isOpen && <CallbackDialog account={account} onClose={() => setOpen(false)} />}
    </section>
  )
}
