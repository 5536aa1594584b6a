import { LANGUAGES } from '@shenpi/sdk/contract/states'
import { type ReactNode, useEffect } from 'react'
import { setPreferences, usePreferences } from '../../data/preferences.ts'
import { Icon } from '../../parts/icon.tsx'
import { useText } from '../../text/use-text.ts'
import css from './sign-in.module.css'

/** Around what is shown to those who are not signed in. */
export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  const text = useText()
  const { language } = usePreferences()
  useEffect(() => {
    document.title = `${title} · ${text.title}`
  }, [title, text.title])
  return (
    <main className={css.frame}>
      <div className={css.card}>
        <span className={css.mark} aria-hidden="true">
          <Icon name="check" />
        </span>
        <h1 className={css.title}>{title}</h1>
        {children}
      </div>
      <div className={css.languages}>
        {LANGUAGES.map((each) => (
          <button
            key={each}
            type="button"
            className={css.language}
            lang={each}
            aria-pressed={each === language}
            onClick={() => setPreferences({ language: each })}
          >
            {text.shell.languages[each]}
          </button>
        ))}
      </div>
    </main>
  )
}
