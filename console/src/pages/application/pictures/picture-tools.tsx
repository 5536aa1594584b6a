import type { ShortcutName } from '../../../keys/shortcuts.ts'
import { runShortcut } from '../../../keys/use-shortcuts.ts'
import { IconButton } from '../../../parts/button.tsx'
import type { IconName } from '../../../parts/icon.tsx'
import { useShortcutLabel } from '../../../text/use-shortcut-label.ts'
import css from './picture-viewer.module.css'

const TOOLS = [
  ['zoomOut', 'minus'],
  ['zoomIn', 'plus'],
  ['fitPicture', 'fit'],
  ['rotate', 'rotate'],
  ['comparePictures', 'compare'],
  ['enlarge', 'enlarge'],
] as const satisfies readonly (readonly [ShortcutName, IconName])[]

/** The keys of the viewer, for the pointer. */
export function PictureTools() {
  const labelOf = useShortcutLabel()
  return (
    <div className={css.tools}>
      {TOOLS.map(([name, icon]) => (
        <IconButton key={name} icon={icon} label={labelOf(name)} onClick={() => runShortcut(name)} />
      ))}
    </div>
  )
}
