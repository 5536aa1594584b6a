import type { ComponentProps, ReactNode } from 'react'
import type { ShortcutName } from '../keys/shortcuts.ts'
import { shortcutOf } from '../keys/shortcuts.ts'
import css from './button.module.css'
import { Icon, type IconName } from './icon.tsx'
import { Kbd } from './kbd.tsx'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  look?: 'primary' | 'danger' | 'plain' | 'quiet' | 'chosen'
  icon?: IconName
  /** Shown on it. */
  shortcut?: ShortcutName
  children: ReactNode
}

export function Button({ look = 'plain', icon, shortcut, children, className, ...rest }: ButtonProps) {
  const keys = shortcut && shortcutOf(shortcut).keys[0].replace('mod', 'Control')
  return (
    <button
      type="button"
      className={[css.button, css[look], className].join(' ')}
      aria-keyshortcuts={keys?.includes(' ') ? undefined : keys}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      <span className={css.label}>{children}</span>
      {shortcut && <Kbd of={shortcut} />}
    </button>
  )
}

interface IconButtonProps extends ComponentProps<'button'> {
  icon: IconName
  /** What it does, for those who do not see the icon, and on hovering. */
  label: string
}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" className={[css.icon, className].join(' ')} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  )
}
