import { ApiProblem } from '@shenpi/sdk/client'
import type { ApiReason } from '@shenpi/sdk/contract/api'
import { type KindName, LANGUAGES, MOVE_NAMES } from '@shenpi/sdk/contract/states'
import { useState } from 'react'
import { type ReasonDraft, readNewest, saveReason } from '../../data/reason-library.ts'
import { FieldChoice } from '../../parts/field-choice.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import { faultOf, ReasonTexts } from './reason-texts.tsx'
import css from './reasons-page.module.css'
import { useLibraryText } from './use-library-text.ts'

interface ReasonDialogProps {
  kind: KindName
  /** None: it is a new one. */
  reason?: ApiReason
  onClose: () => void
}

const NOTHING = { zh: '', en: '' }

/** Write a reason in both languages. Whoever was slower is told who changed it, and keeps what they typed. */
export function ReasonDialog({ kind, reason, onClose }: ReasonDialogProps) {
  const text = useLibraryText()
  const { actions } = useText()
  const dates = useDates()
  const nameOf = useActorName()
  const [draft, setDraft] = useState<ReasonDraft>(
    reason ?? { kind, move: 'reject', title: NOTHING, text: NOTHING, fields: [], retired: false },
  )
  const [version, setVersion] = useState(reason?.version ?? 0)
  const [newer, setNewer] = useState<ApiReason>()
  const change = (changed: Partial<ReasonDraft>) => setDraft({ ...draft, ...changed })
  const said = [draft.title.zh, draft.title.en, draft.text.zh, draft.text.en]
  const isReady =
    said.every((each) => each.trim() !== '') &&
    LANGUAGES.every((language) => faultOf(draft.text, language) === undefined)
  const send = async () => {
    const { move, title, text: says, fields, retired } = draft
    const body = { kind, move, title, text: says, fields, retired }
    try {
      await saveReason(body, reason && { no: reason.reason_no, version })
    } catch (error) {
      const newest =
        reason && error instanceof ApiProblem && error.code === 'reason.changed'
          ? await readNewest(reason.reason_no)
          : undefined
      if (newest) {
        setNewer(newest)
        setVersion(newest.version)
      }
      throw error
    }
  }
  return (
    <FormDialog
      title={reason ? text.edit : text.newTitle}
      width="wide"
      verb={actions.save}
      isReady={isReady}
      send={send}
      onClose={onClose}
    >
      {newer && (
        <p role="alert" className={css.stale}>
          {text.stale(nameOf(newer.changed_by), dates.short(newer.changed_at))}
        </p>
      )}
      {!reason && (
        <SelectField
          label={text.move}
          value={draft.move}
          options={MOVE_NAMES.map((value) => ({ value, label: text.moves[value] }))}
          onChange={(move) => change({ move })}
        />
      )}
      <div className={css.both}>
        {(['zh', 'en'] as const).map((language) => (
          <TextField
            key={language}
            label={language === 'zh' ? text.titleZh : text.titleEn}
            value={draft.title[language]}
            maxLength={60}
            onChange={(typed) => change({ title: { ...draft.title, [language]: typed } })}
          />
        ))}
      </div>
      <ReasonTexts draft={draft} onChange={change} />
      <FieldChoice kind={kind} legend={text.fields} chosen={draft.fields} onChange={(fields) => change({ fields })} />
      <label className={css.retire}>
        <input type="checkbox" checked={draft.retired} onChange={({ target }) => change({ retired: target.checked })} />
        {text.retire}
      </label>
    </FormDialog>
  )
}
