import type { ShortcutName } from '../keys/shortcuts.ts'
import { Button } from './button.tsx'
import { Menu } from './menu.tsx'

const ALL = 'all'

interface FilterMenuProps<Value extends string> {
  label: string
  value?: Value
  options: readonly { value: Value; label: string; count?: number }[]
  /** What it says to choose none. */
  all: string
  shortcut?: ShortcutName
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  onChange: (value: Value | undefined) => void
}

/** A filter with its choices behind it; what is chosen stands on it. */
export function FilterMenu<Value extends string>({ label, value, options, all, ...props }: FilterMenuProps<Value>) {
  const chosen = options.find((option) => option.value === value)
  return (
    <Menu
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
      trigger={
        <Button look={chosen ? 'chosen' : 'quiet'} shortcut={props.shortcut}>
          {chosen ? `${label}: ${chosen.label}` : label}
        </Button>
      }
      sections={[
        {
          title: label,
          value: value ?? ALL,
          options: [
            { value: ALL, label: all },
            ...options.map((option) => ({ ...option, detail: option.count?.toLocaleString('en') })),
          ],
          onChange: (taken) => props.onChange(options.find((option) => option.value === taken)?.value),
        },
      ]}
    />
  )
}
