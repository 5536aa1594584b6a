import { useInfiniteQuery } from '@tanstack/react-query'
import { policyVersionsQuery } from '../../data/policy.ts'
import { Button } from '../../parts/button.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { usePolicyText } from './use-policy-text.ts'
import { VersionRow } from './version-row.tsx'
import css from './versions.module.css'

export function PolicyVersions() {
  const text = usePolicyText()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(policyVersionsQuery)
  const versions = data?.pages.flatMap(({ items }) => items)
  return (
    <SettingsCard title={text.versions} hint={text.versionsHint}>
      {versions === undefined && <Skeleton height="3rem" />}
      {versions?.length === 0 && <p className={css.none}>{text.noVersions}</p>}
      {versions?.map((version) => (
        <VersionRow key={version.version} version={version} />
      ))}
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text.older}
        </Button>
      )}
    </SettingsCard>
  )
}
