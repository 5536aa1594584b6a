import type { ApiReplayPreview } from '@shenpi/sdk/contract/api'
import { useState } from 'react'
import type { DeliveryFilters } from '../../data/account-filters.ts'
import { previewReplay, type ReplayRange, replayDeliveries } from '../../data/deliveries.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { notify } from '../../parts/notice.ts'
import { useFaults } from '../../parts/use-faults.ts'
import { useText } from '../../text/use-text.ts'
import { RangeFields } from './range-fields.tsx'
import css from './replay-dialog.module.css'
import { ReplayPreview } from './replay-preview.tsx'
import { type TypedRange, toRange, toTypedRange } from './typed-range.ts'

/** Which callbacks are sent again: first what it would be, then, of exactly these, the sending. */
export function ReplayDialog({ filters, onClose }: { filters: DeliveryFilters; onClose: () => void }) {
  const { callbacks, actions } = useText()
  const text = callbacks.range
  const [typed, setTyped] = useState<TypedRange>(() => toTypedRange(filters))
  const [previewed, setPreviewed] = useState<{ range: ReplayRange; preview: ApiReplayPreview }>()
  const { faults, setFaults, refuse } = useFaults({ 'account.unknown': 'appid', 'replay.too_many': 'time' })
  const [isBusy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<unknown>) => {
    setBusy(true)
    await work().catch(refuse)
    setBusy(false)
  }
  const look = () => {
    const { range, fault } = toRange(typed)
    setFaults(fault === undefined ? {} : { [fault]: fault === 'time' ? text.timeFault : text.appidFault })
    if (range) void attempt(async () => setPreviewed({ range, preview: await previewReplay(range) }))
  }
  const send = () =>
    previewed &&
    void attempt(async () => {
      const { replayed, refused } = await replayDeliveries(previewed.range, previewed.preview.deliveries)
      notify({ text: text.sent(replayed) })
      if (refused.length > 0) notify({ look: 'failure', text: text.refused(refused.length) })
      onClose()
    })
  const count = previewed?.preview.deliveries ?? 0
  const go = () => (count > 0 ? send() : look())
  return (
    <Dialog title={text.title} onClose={onClose} shortcuts={{ sendDecision: () => !isBusy && go() }}>
      <Form className={css.form} faults={faults} send={look}>
        <p className={css.hint}>{text.hint}</p>
        <RangeFields
          typed={typed}
          faults={faults}
          onChange={(changed) => {
            setTyped({ ...typed, ...changed })
            setPreviewed(undefined)
          }}
        />
        {previewed && <ReplayPreview preview={previewed.preview} />}
        <p role="alert" className={css.fault}>
          {faults.form}
        </p>
        <div className={css.actions}>
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button type="submit" look={count > 0 ? 'plain' : 'primary'} disabled={isBusy}>
            {text.preview}
          </Button>
          {count > 0 && (
            <Button look="primary" shortcut="sendDecision" disabled={isBusy} onClick={send}>
              {text.send(count)}
            </Button>
          )}
        </div>
      </Form>
    </Dialog>
  )
}
