import type { ShopAccessStatus } from '@shenpi/sdk/contract/states'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { setShopStatus, shopAccessQuery } from '../../data/grants.ts'
import { useMay } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { notify } from '../../parts/notice.ts'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './account-page.module.css'

/** How the access to the shop component stands; banning and ending it are asked about first. */
export function ShopAccess({ appid }: { appid: string }) {
  const text = useText().accounts.grants
  const dates = useDates()
  const tell = useFailureNotice()
  const mayChange = useMay('account.change')
  const [asked, setAsked] = useState<'banned' | 'cancelled'>()
  const { data } = useQuery(shopAccessQuery(appid))
  if (!data) return <SettingsCard title={text.shop}>{null}</SettingsCard>
  const change = async (status: Exclude<ShopAccessStatus, 'none'>) => {
    await setShopStatus(appid, status)
    notify({ text: text.done })
  }
  const isOpen = data.status === 'connected' || data.status === 'banned'
  return (
    <SettingsCard title={text.shop}>
      <SettingsRow
        title={text.shopStates[data.status]}
        hint={data.connected_at && text.since(dates.short(data.connected_at))}
      >
        {mayChange && isOpen && (
          <span className={css.actions}>
            {data.status === 'connected' ? (
              <Button onClick={() => setAsked('banned')}>{text.ban}…</Button>
            ) : (
              <Button onClick={() => void change('connected').catch(tell)}>{text.admit}</Button>
            )}
            <Button onClick={() => setAsked('cancelled')}>{text.cancel}…</Button>
          </span>
        )}
      </SettingsRow>
      {asked && (
        <FormDialog
          title={asked === 'banned' ? text.banTitle : text.cancelTitle}
          verb={asked === 'banned' ? text.ban : text.cancel}
          look="danger"
          send={() => change(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{asked === 'banned' ? text.banBody : text.cancelBody}</p>
        </FormDialog>
      )}
    </SettingsCard>
  )
}
