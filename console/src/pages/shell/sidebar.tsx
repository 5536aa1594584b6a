import { Link } from '@tanstack/react-router'
import { IconButton } from '../../parts/button.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { Kbd } from '../../parts/kbd.tsx'
import { useText } from '../../text/use-text.ts'
import css from './sidebar.module.css'
import { UserMenu } from './user-menu.tsx'

const PAGES = [
  { to: '/queue', name: 'queue', icon: 'queue' },
  { to: '/accounts', name: 'accounts', icon: 'account' },
  { to: '/callbacks', name: 'callbacks', icon: 'send' },
  { to: '/settings', name: 'settings', icon: 'settings' },
] as const satisfies readonly { to: string; name: string; icon: IconName }[]

export function Sidebar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const { shell } = useText()
  return (
    <aside className={css.sidebar}>
      <div className={css.brand}>
        <span className={css.mark} aria-hidden="true">
          <Icon name="check" />
        </span>
        Shenpi <span lang="zh-CN">审批</span>
      </div>
      <button type="button" className={css.search} onClick={onSearch}>
        <Icon name="search" />
        <span>{shell.search}</span>
        <Kbd of="palette" />
      </button>
      <nav aria-label={shell.navigation} className={css.pages}>
        {PAGES.map(({ to, name, icon }) => (
          <Link key={to} to={to} className={css.page} activeOptions={{ includeSearch: false }} search={{}}>
            <Icon name={icon} />
            <span>{shell[name]}</span>
          </Link>
        ))}
      </nav>
      <div className={css.foot}>
        <UserMenu />
        <IconButton icon="help" label={shell.help} onClick={onHelp} />
      </div>
    </aside>
  )
}
