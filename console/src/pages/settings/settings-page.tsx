import { LANGUAGES } from '@shenpi/sdk/contract/states'
import { useQuery } from '@tanstack/react-query'
import { ownAccountQuery } from '../../data/own-account.ts'
import { SCHEMES, setPreferences, usePreferences } from '../../data/preferences.ts'
import { SHORTCUT_GROUPS } from '../../keys/shortcuts.ts'
import { HelpGroup } from '../../parts/help-group.tsx'
import { PageBody } from '../../parts/page-body.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Segments } from '../../parts/segments.tsx'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { useText } from '../../text/use-text.ts'
import { Passkeys } from './passkeys.tsx'
import { Password } from './password.tsx'
import { Sessions } from './sessions.tsx'
import css from './settings-page.module.css'
import { Totp } from './totp.tsx'

export function SettingsPage() {
  const { settings, shell } = useText()
  const { language, scheme } = usePreferences()
  const { data: own } = useQuery(ownAccountQuery)
  return (
    <>
      <PageHeader title={settings.title} />
      <PageBody>
        <SettingsCard title={settings.look}>
          <SettingsRow title={shell.language} hint={settings.languageHint}>
            <Segments
              label={shell.language}
              value={language}
              options={LANGUAGES.map((value) => ({ value, label: shell.languages[value] }))}
              onChange={(language) => setPreferences({ language })}
            />
          </SettingsRow>
          <SettingsRow title={shell.scheme} hint={settings.schemeHint}>
            <Segments
              label={shell.scheme}
              value={scheme}
              options={SCHEMES.map((value) => ({ value, label: shell.schemes[value] }))}
              onChange={(scheme) => setPreferences({ scheme })}
            />
          </SettingsRow>
        </SettingsCard>
        <SettingsCard title={settings.signIn}>
          {own?.has_oidc ? (
            <SettingsRow title={settings.ways.oidc} hint={settings.oidcHint} />
          ) : (
            <>
              <Password />
              <Totp />
              <Passkeys />
            </>
          )}
        </SettingsCard>
        <Sessions />
        <SettingsCard title={settings.keys} hint={settings.keysHint}>
          <div className={css.keys}>
            {SHORTCUT_GROUPS.map((group) => (
              <HelpGroup key={group} group={group} />
            ))}
          </div>
        </SettingsCard>
      </PageBody>
    </>
  )
}
