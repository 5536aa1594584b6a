import { Menu as Base } from '@base-ui/react/menu'
import { Fragment } from 'react'
import css from './base-menu.module.css'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import type { MenuItem, MenuProps, MenuSection } from './menu.tsx'

export function BaseMenu({
  label,
  trigger,
  isOpen,
  onOpenChange,
  sections,
  opensAtOnce,
}: MenuProps & { opensAtOnce: boolean }) {
  return (
    <Base.Root modal={false} open={isOpen} defaultOpen={opensAtOnce} onOpenChange={(open) => onOpenChange?.(open)}>
      <Base.Trigger render={trigger} aria-label={label} />
      <Base.Portal>
        <Base.Positioner className={css.positioner} sideOffset={6} align="start" collisionPadding={8}>
          <Base.Popup className={css.popup}>
            {sections.map((section, at) => (
              <Fragment key={'title' in section ? section.title : 'items'}>
                {at > 0 && <Base.Separator className={css.separator} />}
                {'title' in section ? (
                  <Radios {...section} />
                ) : (
                  section.items.map((item) => <Item key={item.label} {...item} />)
                )}
              </Fragment>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Item({ label, icon, shortcut, onClick }: MenuItem) {
  return (
    <Base.Item className={css.item} onClick={onClick}>
      {icon && <Icon name={icon} />}
      <span className={css.label}>{label}</span>
      {shortcut && <Kbd of={shortcut} />}
    </Base.Item>
  )
}

function Radios({ title, value, options, onChange }: Extract<MenuSection, { title: string }>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange}>
      <Base.GroupLabel className={css.heading}>{title}</Base.GroupLabel>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={css.item} closeOnClick>
          <span className={css.sign}>
            <Base.RadioItemIndicator render={<Icon name="check" />} />
          </span>
          <span className={css.label}>{option.label}</span>
          {option.detail && <span className={css.detail}>{option.detail}</span>}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}
