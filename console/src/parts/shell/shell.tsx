import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { setPreferences, usePreferences } from '../../data/preferences.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { useText } from '../../text/use-text.ts'
import { Notices } from '../notices.tsx'
import { useUndo } from '../undo.ts'
import css from './shell.module.css'
import { Sidebar } from './sidebar.tsx'

// What lies over a page comes after the page.
const Help = lazy(async () => ({ default: (await import('./help.tsx')).Help }))
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

/** Around every page: navigation, the palette, the help, notices. */
export function Shell() {
  const text = useText()
  const navigate = useNavigate()
  const { language } = usePreferences()
  const [open, setOpen] = useState<'palette' | 'help'>()
  const close = () => setOpen(undefined)
  useShortcuts({
    undo: useUndo(),
    palette: () => setOpen('palette'),
    help: () => setOpen('help'),
    goQueue: () => void navigate({ to: '/queue', search: {} }),
    goSettings: () => void navigate({ to: '/settings' }),
    toggleLanguage: () => setPreferences({ language: language === 'zh' ? 'en' : 'zh' }),
    toggleScheme: () =>
      setPreferences({ scheme: document.documentElement.dataset.scheme === 'dark' ? 'light' : 'dark' }),
  })
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">
        {text.shell.skip}
      </a>
      <Sidebar onSearch={() => setOpen('palette')} onHelp={() => setOpen('help')} />
      <main id="content" className={css.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense>
        {open === 'palette' && <Palette onClose={close} />}
        {open === 'help' && <Help onClose={close} />}
      </Suspense>
      <Notices />
    </div>
  )
}
