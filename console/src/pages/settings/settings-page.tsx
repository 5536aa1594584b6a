import { LANGUAGES } from '@shenpi/sdk/contract/states'
import { SCHEMES, setPreferences, usePreferences } from '../../data/preferences.ts'
import { SHORTCUT_GROUPS } from '../../keys/shortcuts.ts'
import { HelpGroup } from '../../parts/help-group.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Segments } from '../../parts/segments.tsx'
import { useText } from '../../text/use-text.ts'
import css from './settings-page.module.css'

export function SettingsPage() {
  const { settings, shell } = useText()
  const { language, scheme } = usePreferences()
  return (
    <>
      <PageHeader title={settings.title} />
      <div className={css.page}>
        <section className={css.card}>
          <h2 className={css.title}>{settings.look}</h2>
          <div className={css.row}>
            <div>
              <h3>{shell.language}</h3>
              <p className={css.hint}>{settings.languageHint}</p>
            </div>
            <Segments
              label={shell.language}
              value={language}
              options={LANGUAGES.map((value) => ({ value, label: shell.languages[value] }))}
              onChange={(language) => setPreferences({ language })}
            />
          </div>
          <div className={css.row}>
            <div>
              <h3>{shell.scheme}</h3>
              <p className={css.hint}>{settings.schemeHint}</p>
            </div>
            <Segments
              label={shell.scheme}
              value={scheme}
              options={SCHEMES.map((value) => ({ value, label: shell.schemes[value] }))}
              onChange={(scheme) => setPreferences({ scheme })}
            />
          </div>
        </section>
        <section className={css.card}>
          <h2 className={css.title}>{settings.keys}</h2>
          <p className={css.hint}>{settings.keysHint}</p>
          <div className={css.keys}>
            {SHORTCUT_GROUPS.map((group) => (
              <HelpGroup key={group} group={group} />
            ))}
          </div>
        </section>
      </div>
    </>
  )
}
