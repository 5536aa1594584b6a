import { lazy, type ReactElement, Suspense } from 'react'
import type { ShortcutName } from '../keys/shortcuts.ts'
import type { IconName } from './icon.tsx'

export interface MenuItem {
  label: string
  icon?: IconName
  shortcut?: ShortcutName
  onClick: () => void
}

/** Some things to do, or one of some to choose, of which the chosen one has a sign. */
export type MenuSection =
  | { items: readonly MenuItem[] }
  | {
      title: string
      value: string
      options: readonly { value: string; label: string; detail?: string }[]
      onChange(value: string): void
    }

export interface MenuProps {
  /** What it is called by those who do not see its trigger. */
  label?: string
  trigger: ReactElement
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  sections: readonly MenuSection[]
}

// What lies over a page comes after the page.
const LazyMenu = lazy(async () => ({ default: (await import('./base-menu.tsx')).BaseMenu }))

export const Menu = (props: MenuProps) => (
  <Suspense fallback={props.trigger}>
    <LazyMenu {...props} />
  </Suspense>
)
