import { useId, useRef, useState } from 'react'
import { Dialog } from '../../parts/dialog.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Kbd, Keys } from '../../parts/kbd.tsx'
import { useText } from '../../text/use-text.ts'
import css from './palette.module.css'
import { usePaletteChoices } from './palette-choices.ts'

/** Whatever can be done or found, by typing a part of its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const text = useText().palette
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const choices = usePaletteChoices(typed)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const chosen = Math.min(at, choices.length - 1)
  const run = (index: number) => {
    const choice = choices[index]
    if (!choice) return
    onClose()
    // After the focus is back where it was.
    setTimeout(choice.run)
  }
  const move = (by: number) => {
    const next = (chosen + by + choices.length) % Math.max(choices.length, 1)
    setAt(next)
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <Dialog title={text.label} hidesTitle onClose={onClose} focus={input}>
      <div className={css.search}>
        <Icon name="search" />
        <input
          ref={input}
          className={css.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={choices.length > 0 ? `${id}-${chosen}` : undefined}
          aria-label={text.label}
          placeholder={text.placeholder}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value)
            setAt(0)
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
            if (step) move(step)
            else if (event.key === 'Enter') run(chosen)
            else return
            event.preventDefault()
          }}
        />
      </div>
      <div id={id} role="listbox" aria-label={text.label} className={css.list}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys
          <div
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={css.choice}
            onMouseMove={() => setAt(index)}
            onClick={() => run(index)}
          >
            <Icon name={choice.icon} />
            <span className={css.label}>{choice.label}</span>
            {choice.detail && <span className={css.detail}>{choice.detail}</span>}
            {choice.shortcut && <Kbd of={choice.shortcut} />}
          </div>
        ))}
      </div>
      {choices.length === 0 && <p className={css.none}>{text.none}</p>}
      <footer className={css.foot}>
        <Keys keys="ArrowUp" /> <Keys keys="ArrowDown" /> {text.hint}
        <Keys keys="Enter" /> {text.run}
      </footer>
    </Dialog>
  )
}
