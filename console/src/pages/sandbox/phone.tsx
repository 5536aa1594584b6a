import { useInfiniteQuery } from '@tanstack/react-query'
import { devicesQuery } from '../../data/devices.ts'
import { rowsOf } from '../../data/pages-of.ts'
import { FailurePage } from '../../parts/failure-page.tsx'
import { RowsSkeleton } from '../../parts/rows.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { ShakingPhone } from './shaking-phone.tsx'
import { BEACONS_MAX } from './use-beacons.ts'
import { useSandboxText } from './use-sandbox-text.ts'

/** A phone among the beacons of an account. */
export function Phone({ appid }: { appid: string }) {
  const { phone: text } = useSandboxText()
  const query = useInfiniteQuery(devicesQuery(appid, {}))
  const devices = rowsOf(query.data).slice(0, BEACONS_MAX)
  if (query.isError && devices.length === 0)
    return <FailurePage error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <RowsSkeleton />
  if (devices.length === 0) return <StatePage icon="queue" title={text.empty} body={text.emptyBody} />
  return <ShakingPhone appid={appid} devices={devices} />
}
