import { useQuery } from '@tanstack/react-query'
import { useMay } from '../../data/own-account.ts'
import { policyQuery } from '../../data/policy.ts'
import { FailurePage } from '../../parts/failure-page.tsx'
import { PageBody } from '../../parts/page-body.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { Calendar } from './calendar.tsx'
import { PolicyValues } from './policy-values.tsx'
import { PolicyVersions } from './policy-versions.tsx'
import { usePolicyText } from './use-policy-text.ts'

export function PolicyPage() {
  const text = usePolicyText()
  const mayChange = useMay('policy.change')
  const { data: policy, error, refetch } = useQuery(policyQuery)
  if (error && !policy) return <FailurePage error={error} retry={() => void refetch()} />
  return (
    <>
      <PageHeader title={text.title} detail={policy && text.version(policy.version)} />
      <PageBody>
        {policy ? (
          <>
            <PolicyValues policy={policy} mayChange={mayChange} />
            <Calendar calendar={policy.calendar} mayChange={mayChange} />
            <PolicyVersions />
          </>
        ) : (
          <SettingsCard title={text.values}>
            <Skeleton height="28rem" />
          </SettingsCard>
        )}
      </PageBody>
    </>
  )
}
