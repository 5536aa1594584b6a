import { type ComponentProps, cloneElement, lazy, type ReactElement, Suspense, useState } from 'react'
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
  trigger: ReactElement<ComponentProps<'button'>>
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  sections: readonly MenuSection[]
}

// What lies over a page comes when somebody is about to open it.
const load = async () => ({ default: (await import('./base-menu.tsx')).BaseMenu })
const LazyMenu = lazy(load)

export function Menu(props: MenuProps) {
  const [isWanted, setWanted] = useState(false)
  const { trigger, label, isOpen } = props
  const plain = cloneElement(trigger, {
    'aria-label': label,
    'aria-haspopup': 'menu',
    onPointerEnter: () => void load(),
    onClick: () => setWanted(true),
  })
  if (isOpen && !isWanted) setWanted(true)
  if (!isWanted) return plain
  return (
    <Suspense fallback={plain}>
      <LazyMenu {...props} opensAtOnce={isWanted} />
    </Suspense>
  )
}
