import type { ApiFault } from '@shenpi/sdk/contract/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from '../../data/pages-of.ts'
import { deleteFault, faultsQuery } from '../../data/sandbox-rules.ts'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useDates } from '../../text/use-dates.ts'
import css from './rules.module.css'
import { RuleRow } from './rules.tsx'
import { ScenarioForm } from './scenario-form.tsx'
import { useSandboxText } from './use-sandbox-text.ts'

/** The faults of an account and of all, with how often each struck. */
export function Faults({ appid, mayControl }: { appid: string; mayControl: boolean }) {
  const { rules: text } = useSandboxText()
  const query = useInfiniteQuery(faultsQuery(appid))
  const tell = useFailureNotice()
  const wordsOf = useFaultWords()
  const faults = rowsOf(query.data)
  return (
    <SettingsCard title={text.faults} hint={text.faultsHint}>
      {query.isPending && <Skeleton height="3rem" />}
      {query.isSuccess && faults.length === 0 && <p className={css.none}>{text.noFaults}</p>}
      {faults.map((fault) => (
        <RuleRow
          key={`${fault.match.appid} ${fault.name}`}
          name={fault.name}
          words={wordsOf(fault)}
          hits={fault.hits}
          onRemove={mayControl ? () => void deleteFault(fault).catch(tell) : undefined}
        />
      ))}
      {mayControl && <ScenarioForm appid={appid} />}
    </SettingsCard>
  )
}

function useFaultWords(): (fault: ApiFault) => string {
  const { rules: text } = useSandboxText()
  const dates = useDates()
  return ({ match, effect, where, times, active, ends_at }) => {
    const on = [...(match.paths ?? []), ...(match.events ?? [])].join(', ')
    const end = active ? text.until(dates.short(ends_at)) : text.ended
    const happens = [text.effects[effect.type](effect), where === null ? '' : text.places[where]]
    const often = [
      match.share === undefined ? '' : text.share(Number((match.share * 100).toPrecision(3))),
      times === null ? '' : text.times(times),
    ]
    return [...happens, ...often, on, match.appid ? '' : text.forAll, end].filter((word) => word !== '').join(' · ')
  }
}
