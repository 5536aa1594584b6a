import type { Permission } from '@shenpi/sdk/contract/permissions'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { ownAccountQuery } from '../../data/own-account.ts'
import { IconButton } from '../../parts/button.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { Kbd } from '../../parts/kbd.tsx'
import { useText } from '../../text/use-text.ts'
import { LostConnection } from './lost-connection.tsx'
import css from './sidebar.module.css'
import { UserMenu } from './user-menu.tsx'

interface PageLink {
  to: string
  name: string
  icon: IconName
  /** Where the pages of its items are, if not below it: it is the current one there too. */
  parts?: string
  /** Whoever lacks it does not see the page. */
  needs?: Permission
}

const PAGES = [
  { to: '/queue', name: 'queue', icon: 'queue', parts: '/applications/' },
  { to: '/accounts', name: 'accounts', icon: 'account' },
  { to: '/callbacks', name: 'callbacks', icon: 'send' },
  { to: '/samples', name: 'samples', icon: 'compare', needs: 'application.decide' },
  { to: '/dashboard', name: 'dashboard', icon: 'chart' },
  { to: '/reasons', name: 'reasons', icon: 'note', needs: 'reason.read' },
  { to: '/policy', name: 'policy', icon: 'policy', needs: 'policy.read' },
  { to: '/staff', name: 'staff', icon: 'people', needs: 'staff.read' },
  { to: '/trail', name: 'trail', icon: 'trail', needs: 'trail.read' },
  { to: '/sandbox/{-$part}', name: 'sandbox', icon: 'today', parts: '/requests/', needs: 'sandbox.read' },
  { to: '/settings', name: 'settings', icon: 'settings' },
] as const satisfies readonly PageLink[]

export function Sidebar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const { shell } = useText()
  const { data: own } = useQuery(ownAccountQuery)
  const pages = PAGES.filter((page) => !('needs' in page) || own?.permissions.includes(page.needs))
  const nav = useRef<HTMLElement>(null)
  const path = useLocation({ select: ({ pathname }) => pathname })
  const count = pages.length
  // Where there is little room the entries scroll: the current one stays in sight.
  useEffect(() => {
    if (path && count)
      nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path, count])
  return (
    <aside className={css.sidebar}>
      <div className={css.brand}>
        <span className={css.mark} aria-hidden="true">
          <Icon name="check" />
        </span>
        Shenpi <span lang="zh-CN">审批</span>
      </div>
      <button type="button" className={css.search} title={shell.search} onClick={onSearch}>
        <Icon name="search" />
        <span>{shell.search}</span>
        <Kbd of="palette" />
      </button>
      <nav ref={nav} aria-label={shell.navigation} className={css.pages}>
        {pages.map(({ to, name, icon, ...page }) => (
          <Link
            key={to}
            to={to}
            aria-current={'parts' in page && path.startsWith(page.parts) ? 'true' : undefined}
            className={css.page}
            title={shell[name]}
            activeOptions={{ includeSearch: false }}
            params={{}}
            search={{}}
          >
            <Icon name={icon} />
            <span>{shell[name]}</span>
          </Link>
        ))}
      </nav>
      <LostConnection />
      <div className={css.foot}>
        <UserMenu />
        <IconButton icon="help" label={shell.help} onClick={onHelp} />
      </div>
    </aside>
  )
}
