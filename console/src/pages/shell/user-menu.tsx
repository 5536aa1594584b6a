import { LANGUAGES } from '@shenpi/sdk/contract/states'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ownAccountQuery, signOut } from '../../data/own-account.ts'
import { SCHEMES, setPreferences, usePreferences } from '../../data/preferences.ts'
import { Icon } from '../../parts/icon.tsx'
import { Menu } from '../../parts/menu.tsx'
import { useText } from '../../text/use-text.ts'
import css from './user-menu.module.css'

export function UserMenu() {
  const { shell } = useText()
  const { language, scheme } = usePreferences()
  const navigate = useNavigate()
  const { data: own } = useQuery(ownAccountQuery)
  const openDocs = () => void open('/api/docs', '_blank', 'noopener')
  return (
    <Menu
      label={`${shell.menu}: ${own?.name}`}
      trigger={
        <button type="button" className={css.trigger}>
          <Icon name="person" />
          <span className={css.name}>{own?.name}</span>
        </button>
      }
      sections={[
        {
          items: [
            {
              label: shell.settings,
              icon: 'settings',
              shortcut: 'goSettings',
              onClick: () => void navigate({ to: '/settings' }),
            },
            { label: shell.apiDocs, icon: 'book', onClick: openDocs },
            { label: shell.signOut, icon: 'signOut', onClick: () => void signOut() },
          ],
        },
        {
          title: shell.scheme,
          value: scheme,
          options: SCHEMES.map((value) => ({ value, label: shell.schemes[value] })),
          onChange: (chosen) => setPreferences({ scheme: SCHEMES.find((each) => each === chosen) }),
        },
        {
          title: shell.language,
          value: language,
          options: LANGUAGES.map((value) => ({ value, label: shell.languages[value] })),
          onChange: (chosen) => setPreferences({ language: LANGUAGES.find((each) => each === chosen) }),
        },
      ]}
    />
  )
}
