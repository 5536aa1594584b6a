import { getRouteApi } from '@tanstack/react-router'
import { useMay } from '../../data/own-account.ts'
import { downloadTrail } from '../../data/trail.ts'
import { Button } from '../../parts/button.tsx'
import { PageBody } from '../../parts/page-body.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useTrailText } from '../../text/use-trail-text.ts'
import { Entries } from './entries.tsx'
import { TrailFilterBar } from './trail-filter-bar.tsx'
import { VerificationCard } from './verification-card.tsx'

const route = getRouteApi('/trail')

export function TrailPage() {
  const text = useTrailText()
  const filters = route.useSearch()
  const mayExport = useMay('trail.export')
  const tell = useFailureNotice()
  return (
    <>
      <PageHeader title={text.title}>
        {mayExport && (
          <Button icon="download" title={text.exportHint} onClick={() => void downloadTrail(filters).catch(tell)}>
            {text.export}
          </Button>
        )}
      </PageHeader>
      <PageBody>
        <VerificationCard />
        <TrailFilterBar key={JSON.stringify(filters)} filters={filters} />
        <Entries filters={filters} />
      </PageBody>
    </>
  )
}
