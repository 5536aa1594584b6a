import type { ApiApplicationInFull, ApiReason } from '@shenpi/sdk/contract/api'
import { placesIn, REASON_MAX_WEIGHT, REASON_PLACES, weightOf } from '@shenpi/sdk/contract/text'
import { useQuery } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import type { Decision } from '../../data/decisions.ts'
import { useDraft } from '../../data/drafts.ts'
import { reasonsQuery } from '../../data/reasons.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { FieldChoice } from '../../parts/field-choice.tsx'
import { fillReason } from '../../text/fill-reason.ts'
import { useText } from '../../text/use-text.ts'
import { ReasonList } from './reason-list.tsx'
import css from './reject-form.module.css'

interface RejectFormProps {
  application: ApiApplicationInFull
  decide: (decision: Decision, onDecided?: () => void) => void
  onClose: () => void
}

interface RejectDraft {
  reason: string
  /** What the rejection is about, by the names of the kind's fields. */
  fields: string[]
  template?: { reason_no: number; version: number }
}

const EMPTY: RejectDraft = { reason: '', fields: [] }

/** Why an application is rejected, as the merchant will read it. The application stays in sight. */
export function RejectForm({ application, decide, onClose }: RejectFormProps) {
  const { application: text, actions } = useText()
  const { data: reasons = [] } = useQuery(reasonsQuery(application.kind, 'reject'))
  // A library that comes later takes the focus from nobody.
  const [isLibraryFirst] = useState(reasons.length > 0)
  const [draft, change, forget] = useDraft(`reject.${application.id}`, EMPTY)
  const [fault, setFault] = useState<string>()
  const input = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const weight = weightOf(draft.reason)
  const take = (reason: ApiReason) => {
    const fields = draft.fields.length > 0 ? draft.fields : reason.fields
    const { reason_no, version } = reason
    change({ fields, template: { reason_no, version }, reason: fillReason(reason.text.zh, fields, 'zh') })
    setFault(undefined)
    input.current?.focus()
  }
  const send = () => {
    const wrong = faultOf(draft.reason, weight)
    setFault(wrong && text.faults[wrong])
    if (wrong) return input.current?.focus()
    // What was written stays until the decision stands.
    decide({ move: 'reject', ...draft, reason: draft.reason.trim() }, forget)
  }
  useShortcuts({ sendDecision: send })
  return (
    <section className={css.form} aria-label={text.reject}>
      {reasons.length > 0 && (
        <ReasonList reasons={reasons} chosen={draft.template?.reason_no} focused={isLibraryFirst} onChoose={take} />
      )}
      <div className={css.own}>
        <div className={css.head}>
          <label htmlFor={id} className={css.label}>
            {text.reason}
          </label>
          <span id={`${id}-hint`} className={css.hint}>
            {text.reasonHint}
          </span>
          <IconButton icon="close" label={actions.close} onClick={onClose} />
        </div>
        <textarea
          ref={input}
          id={id}
          // biome-ignore lint/a11y/noAutofocus: the key that opens the form is followed by typing
          autoFocus={!isLibraryFirst}
          className={css.input}
          value={draft.reason}
          aria-describedby={`${id}-hint ${id}-fault`}
          aria-invalid={fault !== undefined}
          onChange={({ target }) => {
            change({ reason: target.value })
            setFault(undefined)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.nativeEvent.isComposing) onClose()
          }}
        />
        <FieldChoice
          kind={application.kind}
          legend={text.named}
          chosen={draft.fields}
          onChange={(fields) => change({ fields })}
        />
        <div className={css.foot}>
          <p id={`${id}-fault`} className={css.fault} role="alert">
            {fault}
          </p>
          <span className={weight > REASON_MAX_WEIGHT ? css.over : css.weight} title={text.weightTitle}>
            {text.weight(weight, REASON_MAX_WEIGHT)}
          </span>
          <Button look="danger" shortcut="sendDecision" onClick={send}>
            {text.send}
          </Button>
        </div>
      </div>
    </section>
  )
}

function faultOf(reason: string, weight: number): 'missing' | 'tooLong' | 'unfilled' | undefined {
  if (reason.trim() === '') return 'missing'
  if (weight > REASON_MAX_WEIGHT) return 'tooLong'
  return placesIn(reason).some((place) => REASON_PLACES.includes(place)) ? 'unfilled' : undefined
}
