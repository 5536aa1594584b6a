import { useQuery } from '@tanstack/react-query'
import { Outlet, useMatchRoute, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { startLive } from '../../data/live/live.ts'
import { ownAccountQuery, useMay } from '../../data/own-account.ts'
import { setPreferences, usePreferences } from '../../data/preferences.ts'
import { isSignInAwaited, listenToSession } from '../../data/session.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { FailurePage } from '../../parts/failure-page.tsx'
import { Notices } from '../../parts/notices.tsx'
import { useUndo } from '../../parts/undo.ts'
import { useText } from '../../text/use-text.ts'
import { SignInPage } from '../sign-in/sign-in-page.tsx'
import css from './shell.module.css'
import { Sidebar } from './sidebar.tsx'
import { useReadAgain } from './use-read-again.ts'

// What lies over a page comes after the page.
const Help = lazy(async () => ({ default: (await import('./help.tsx')).Help }))
const SignInAgain = lazy(async () => ({ default: (await import('../sign-in/sign-in-again.tsx')).SignInAgain }))
const MissingYear = lazy(async () => ({ default: (await import('./missing-year.tsx')).MissingYear }))
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

/** Around every page: who is not signed in signs in first, in its place. */
export function Shell() {
  const own = useQuery(ownAccountQuery)
  const isPublic = useMatchRoute()({ to: '/invitation' })
  if (isPublic) return <Outlet />
  if (own.data) return <SignedInShell />
  if (own.isPending) return null
  return own.isError ? <FailurePage error={own.error} retry={() => void own.refetch()} /> : <SignInPage />
}

/** Navigation, the palette, the help, notices. */
function SignedInShell() {
  const text = useText()
  const navigate = useNavigate()
  const { language } = usePreferences()
  const [open, setOpen] = useState<'palette' | 'help'>()
  const mustSignIn = useSyncExternalStore(listenToSession, isSignInAwaited)
  const close = () => setOpen(undefined)
  const maySetPolicy = useMay('policy.change')
  const maySeeStaff = useMay('staff.read')
  const maySeeTrail = useMay('trail.read')
  useReadAgain(language)
  useEffect(startLive, [])
  useShortcuts({
    undo: useUndo(),
    palette: () => setOpen('palette'),
    help: () => setOpen('help'),
    goQueue: () => void navigate({ to: '/queue', search: {} }),
    goAccounts: () => void navigate({ to: '/accounts', search: {} }),
    goCallbacks: () => void navigate({ to: '/callbacks', search: {} }),
    goReasons: () => void navigate({ to: '/reasons', search: {} }),
    goPolicy: () => void navigate({ to: '/policy' }),
    ...(maySeeStaff && { goStaff: () => void navigate({ to: '/staff' }) }),
    ...(maySeeTrail && { goTrail: () => void navigate({ to: '/trail', search: {} }) }),
    goSamples: () => void navigate({ to: '/samples' }),
    goDashboard: () => void navigate({ to: '/dashboard' }),
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
        {maySetPolicy && (
          <Suspense>
            <MissingYear />
          </Suspense>
        )}
        <div className={css.content}>
          <Outlet />
        </div>
      </main>
      <Suspense>
        {open === 'palette' && <Palette onClose={close} />}
        {mustSignIn && <SignInAgain />}
        {open === 'help' && <Help onClose={close} />}
      </Suspense>
      <Notices />
    </div>
  )
}
