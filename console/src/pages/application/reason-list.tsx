import type { ApiReason } from '@shenpi/sdk/contract/api'
import { useId, useState } from 'react'
import { usePreferences } from '../../data/preferences.ts'
import { useText } from '../../text/use-text.ts'
import css from './reason-list.module.css'

interface ReasonListProps {
  reasons: readonly ApiReason[]
  chosen?: number
  /** It is where one types first. */
  focused: boolean
  onChoose: (reason: ApiReason) => void
}

/** The library's reasons, found by typing a part of one. */
export function ReasonList({ reasons, chosen, focused, onChoose }: ReasonListProps) {
  const { library } = useText().application
  const { language } = usePreferences()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const found = reasons.filter(({ title, text }) => `${title.zh}${title.en}${text.zh}`.includes(typed.trim()))
  const current = Math.min(at, found.length - 1)
  return (
    <div className={css.library}>
      <input
        className={css.search}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found[current] && `${id}-${found[current].reason_no}`}
        aria-label={library.search}
        placeholder={library.search}
        // biome-ignore lint/a11y/noAutofocus: the key that opens the form is followed by typing
        autoFocus={focused}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          const reason = found[current]
          if (event.key === 'ArrowDown') setAt(Math.min(current + 1, found.length - 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(current - 1, 0))
          else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && reason) onChoose(reason)
          else return
          event.preventDefault()
        }}
      />
      <div id={id} role="listbox" aria-label={library.label} className={css.list}>
        {found.map((reason, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys
          <div
            key={reason.reason_no}
            id={`${id}-${reason.reason_no}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={css.reason}
            onClick={() => onChoose(reason)}
          >
            <span className={css.title}>{reason.title[language]}</span>
            {reason.reason_no === chosen && <span className={css.chosen}>{library.chosen}</span>}
          </div>
        ))}
        {found.length === 0 && <p className={css.none}>{library.none}</p>}
      </div>
    </div>
  )
}
