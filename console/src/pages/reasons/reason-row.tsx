import type { ApiReason } from '@shenpi/sdk/contract/api'
import { useState } from 'react'
import { usePreferences } from '../../data/preferences.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useFieldLabel } from '../../text/use-field-label.ts'
import { ReasonVersions } from './reason-versions.tsx'
import css from './reasons-page.module.css'
import { useLibraryText } from './use-library-text.ts'

interface ReasonRowProps {
  reason: ApiReason
  onEdit?: () => void
  onUp?: () => void
  onDown?: () => void
}

export function ReasonRow({ reason, onEdit, onUp, onDown }: ReasonRowProps) {
  const text = useLibraryText()
  const { language } = usePreferences()
  const labelOf = useFieldLabel()
  const [showsVersions, setShowsVersions] = useState(false)
  const title = reason.title[language]
  return (
    <li className={css.row} data-retired={reason.retired}>
      <div className={css.words}>
        <h3>
          <PlainText text={title} />
          <Tag>{text.moves[reason.move]}</Tag>
          {reason.retired && <Tag>{text.retired}</Tag>}
        </h3>
        <p>
          <PlainText text={reason.text[language]} />
        </p>
        {reason.fields.length > 0 && <p className={css.hint}>{reason.fields.map(labelOf).join(' · ')}</p>}
        {showsVersions && <ReasonVersions reasonNo={reason.reason_no} />}
      </div>
      <div className={css.actions}>
        {(onUp || onDown) && (
          <>
            <IconButton icon="up" label={text.up(title)} disabled={!onUp} onClick={onUp} />
            <IconButton icon="down" label={text.down(title)} disabled={!onDown} onClick={onDown} />
          </>
        )}
        <Button
          look="quiet"
          aria-expanded={showsVersions}
          aria-label={text.versionsOf(title)}
          onClick={() => setShowsVersions(!showsVersions)}
        >
          {text.versions}
        </Button>
        {onEdit && (
          <Button aria-label={text.editOf(title)} onClick={onEdit}>
            {text.edit}
          </Button>
        )}
      </div>
    </li>
  )
}
