import { useQuery } from '@tanstack/react-query'
import { usageQuery } from '../../data/accounts.ts'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { useNumbers } from '../../text/use-numbers.ts'
import { useText } from '../../text/use-text.ts'
import css from './account-page.module.css'

/** How often each path was called today, of how often it may be. */
export function Usage({ appid }: { appid: string }) {
  const text = useText().accounts.limits
  const number = useNumbers()
  const { data } = useQuery(usageQuery(appid))
  return (
    <SettingsCard title={text.usage} hint={data?.items.length === 0 ? text.usageNone : data?.day}>
      <table className={css.usage}>
        <tbody>
          {data?.items.map(({ path, used, limit }) => (
            <tr key={path}>
              <td>
                <code>{path}</code>
              </td>
              <td>{limit === null ? number(used) : text.of(number(used), number(limit))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </SettingsCard>
  )
}
