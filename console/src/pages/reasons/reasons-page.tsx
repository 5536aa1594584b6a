import type { ApiReason } from '@shenpi/sdk/contract/api'
import { KIND_NAMES, type KindName } from '@shenpi/sdk/contract/states'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../data/own-account.ts'
import { libraryQuery, orderReasons } from '../../data/reason-library.ts'
import { Button } from '../../parts/button.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import { PageBody } from '../../parts/page-body.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useText } from '../../text/use-text.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { ReasonRow } from './reason-row.tsx'
import css from './reasons-page.module.css'
import { useLibraryText } from './use-library-text.ts'

const route = getRouteApi('/reasons')

/** The library of reasons of a kind. */
export function ReasonsPage() {
  const text = useLibraryText()
  const { states } = useText()
  const navigate = useNavigate()
  const { kind = 'device_batch' } = route.useSearch()
  const mayChange = useMay('reason.change')
  const [isAdding, setAdding] = useState(false)
  const { data, error, refetch } = useQuery(libraryQuery(kind))
  if (error && !data) return <FailurePage error={error} retry={() => void refetch()} />
  return (
    <>
      <PageHeader title={text.title} detail={data && text.count(data.items.length)}>
        {mayChange && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {text.add}
          </Button>
        )}
      </PageHeader>
      <PageBody>
        <div className={css.kind}>
          <SelectField
            label={text.kind}
            value={kind}
            options={KIND_NAMES.map((value) => ({ value, label: states.kinds[value] }))}
            onChange={(chosen) => void navigate({ to: '/reasons', search: { kind: chosen }, replace: true })}
          />
        </div>
        <SettingsCard title={states.kinds[kind]} hint={mayChange ? text.hint : text.readOnly}>
          {data ? <Library kind={kind} reasons={data.items} mayChange={mayChange} /> : <Skeleton height="16rem" />}
        </SettingsCard>
      </PageBody>
      {isAdding && <ReasonDialog kind={kind} onClose={() => setAdding(false)} />}
    </>
  )
}

interface LibraryProps {
  kind: KindName
  reasons: readonly ApiReason[]
  mayChange: boolean
}

function Library({ kind, reasons, mayChange }: LibraryProps) {
  const text = useLibraryText()
  const tell = useFailureNotice()
  const [edited, setEdited] = useState<ApiReason>()
  const order = reasons.map(({ reason_no }) => reason_no)
  const swap = (at: number) => {
    const [one = 0, other = 0] = order.slice(at, at + 2)
    void orderReasons(kind, order.with(at, other).with(at + 1, one)).catch(tell)
  }
  if (reasons.length === 0) return <StatePage icon="note" title={text.none} body={text.noneBody} />
  return (
    <>
      <ol>
        {reasons.map((reason, at) => (
          <ReasonRow
            key={reason.reason_no}
            reason={reason}
            onEdit={mayChange ? () => setEdited(reason) : undefined}
            onUp={mayChange && at > 0 ? () => swap(at - 1) : undefined}
            onDown={mayChange && at < reasons.length - 1 ? () => swap(at) : undefined}
          />
        ))}
      </ol>
      {edited && <ReasonDialog kind={kind} reason={edited} onClose={() => setEdited(undefined)} />}
    </>
  )
}
