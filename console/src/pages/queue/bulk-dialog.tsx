import type { ApiApplication } from '@shenpi/sdk/contract/api'
import type { Move } from '@shenpi/sdk/contract/states'
import { useQuery } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { decideBulk, previewBulk, undoBulk } from '../../data/bulk-decisions.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useExplain, useRefusalText } from '../../parts/explain.ts'
import { offerUndo } from '../../parts/undo.ts'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useText } from '../../text/use-text.ts'
import css from './bulk-bar.module.css'

interface BulkDialogProps {
  chosen: readonly ApiApplication[]
  move: Move
  onClose: () => void
  onDecided: () => void
}

/** What would be decided and what not, before it is: all of it or none. */
export function BulkDialog({ chosen, move, onClose, onDecided }: BulkDialogProps) {
  const { queue, application, actions } = useText()
  const text = queue.bulk
  const explain = useExplain()
  const textOf = useRefusalText()
  const tell = useFailureNotice()
  const [reason, setReason] = useState('')
  const [fault, setFault] = useState<string>()
  const input = useRef<HTMLTextAreaElement>(null)
  const faultId = useId()
  // A preview refuses no reason for being missing: it is still to be written.
  const decision = { move, ...(move === 'reject' && { reason: reason.trim() || '…' }) }
  const preview = useQuery({
    queryKey: ['bulk-preview', move, chosen.map(({ id, version }) => `${id}@${version}`)],
    queryFn: () => previewBulk(chosen, decision),
    staleTime: 0,
  })
  const refused = preview.data?.items.filter(({ refusal }) => refusal) ?? []
  const canSend = preview.data !== undefined && refused.length === 0
  const refuse = (why: string) => {
    setFault(why)
    input.current?.focus()
  }
  const send = async () => {
    if (move === 'reject' && reason.trim() === '') return refuse(application.faults.missing)
    try {
      const { id, total, decided_at, until } = await decideBulk(chosen, decision)
      onDecided()
      onClose()
      offerUndo({ text: text.done[move](total), since: decided_at, until, run: () => undoBulk(id).catch(tell) })
    } catch (error) {
      refuse(explain(error))
    }
  }
  return (
    <Dialog
      title={text.title[move](chosen.length)}
      onClose={onClose}
      shortcuts={{ sendDecision: () => canSend && void send() }}
    >
      <div className={css.form}>
        {preview.data && <p>{text.counts(preview.data.counts)}</p>}
        {refused.length > 0 && (
          <ul className={css.refused}>
            {refused.map(({ id, refusal }) => (
              <li key={id}>
                <span>{id}</span>
                <span>{refusal && textOf(refusal)}</span>
              </li>
            ))}
          </ul>
        )}
        {move === 'reject' && (
          <textarea
            className={css.reason}
            ref={input}
            aria-label={application.reason}
            aria-describedby={faultId}
            aria-invalid={fault !== undefined}
            placeholder={application.reasonHint}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
        <p id={faultId} role="alert" className={css.fault}>
          {fault ?? (preview.error && explain(preview.error))}
        </p>
        <div className={css.actions}>
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button
            look={move === 'reject' ? 'danger' : 'primary'}
            shortcut="sendDecision"
            disabled={!canSend}
            onClick={() => void send()}
          >
            {text.send[move](chosen.length)}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
