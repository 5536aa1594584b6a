import { Fragment } from 'react'
import { SHORTCUT_NAMES, type ShortcutGroup, shortcutOf } from '../keys/shortcuts.ts'
import { useText } from '../text/use-text.ts'
import css from './help-group.module.css'
import { Keys } from './kbd.tsx'

/** The shortcuts of a group, as the table has them. */
export function HelpGroup({ group }: { group: ShortcutGroup }) {
  const text = useText()
  return (
    <section className={css.group}>
      <h3 className={css.title}>{text.help.groups[group]}</h3>
      <dl>
        {SHORTCUT_NAMES.filter((name) => shortcutOf(name).group === group).map((name) => (
          <div key={name} className={css.row}>
            <dt>{text.shortcuts[name]}</dt>
            <dd className={css.keys}>
              {shortcutOf(name).keys.map((keys, at) => (
                <Fragment key={keys}>
                  {at > 0 && <span className={css.or}>{text.help.or}</span>}
                  <Keys keys={keys} />
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
