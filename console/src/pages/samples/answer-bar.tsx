import type { Move } from '@shenpi/sdk/contract/states'
import { useNavigate } from '@tanstack/react-router'
import { useId, useRef, useState } from 'react'
import { useDraft } from '../../data/drafts.ts'
import { answerSample, type SampleAnswer } from '../../data/samples.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import { useExplain } from '../../parts/explain.ts'
import { Icon } from '../../parts/icon.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { useText } from '../../text/use-text.ts'
import bar from '../application/decide-bar.module.css'
import css from './answer-bar.module.css'

/** How one would have decided; then, how it was decided. */
export function AnswerBar({ id, next }: { id: string; next?: string }) {
  const { samples: text, application } = useText()
  const explain = useExplain()
  const [draft, change, forget] = useDraft(`sample.${id}`, { note: '' })
  const [answer, setAnswer] = useState<SampleAnswer>()
  const [fault, setFault] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const faultId = useId()
  const send = (move: Move) =>
    void answerSample(id, move, draft.note).then(
      (told) => {
        setAnswer(told)
        forget()
      },
      (error) => setFault(explain(error)),
    )
  useShortcuts(
    answer
      ? {}
      : { approve: () => send('approve'), reject: () => send('reject'), writeNote: () => input.current?.focus() },
  )
  if (answer) return <Told answer={answer} next={next} />
  return (
    <footer className={bar.foot}>
      {fault && (
        <p id={faultId} role="alert" className={css.fault}>
          {fault}
        </p>
      )}
      <div className={bar.bar}>
        <input
          ref={input}
          className={css.note}
          aria-label={text.note}
          aria-describedby={faultId}
          placeholder={text.note}
          maxLength={1000}
          value={draft.note}
          onChange={({ target }) => change({ note: target.value })}
          onKeyDown={({ key, nativeEvent }) => {
            if (!nativeEvent.isComposing && (key === 'Escape' || key === 'Enter')) input.current?.blur()
          }}
        />
        <Button shortcut="reject" onClick={() => send('reject')}>
          {application.reject}
        </Button>
        <Button look="primary" shortcut="approve" onClick={() => send('approve')}>
          {application.approveOnly}
        </Button>
      </div>
    </footer>
  )
}

function Told({ answer, next }: { answer: SampleAnswer; next?: string }) {
  const text = useText().samples
  const navigate = useNavigate()
  const { agrees, decided_move, decided_by, decided_reason } = answer
  const go = () => void (next ? navigate({ to: '/samples/$id', params: { id: next } }) : navigate({ to: '/samples' }))
  useShortcuts({ nextApplication: go })
  return (
    <footer className={bar.foot}>
      <div className={bar.bar}>
        <div className={bar.notice} role="status">
          <Icon name={agrees ? 'approved' : 'compare'} />
          <p>
            <strong>{agrees ? text.agrees : text.differs}</strong> {text.told[decided_move](decided_by)}{' '}
            {decided_reason && <PlainText text={decided_reason} />}
          </p>
        </div>
        <Button look="primary" shortcut="nextApplication" onClick={go}>
          {next ? text.next : text.done}
        </Button>
      </div>
    </footer>
  )
}
