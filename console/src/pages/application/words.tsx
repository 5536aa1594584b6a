import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Filters } from '../../data/filters.ts'
import { signalsQuery } from '../../data/signals.ts'
import { triesQuery } from '../../data/tries.ts'
import css from './application-page.module.css'
import { Facts } from './facts.tsx'
import { Fields } from './fields.tsx'
import { Notes } from './notes.tsx'
import { Outcome } from './outcome.tsx'
import { Scheduled } from './scheduled.tsx'
import { Signals } from './signals.tsx'
import { Tries } from './tries.tsx'

/** All of an application that is read. */
export function Words({ application, filters }: { application: ApiApplicationInFull; filters: Filters }) {
  const [comparedWith, setComparedWith] = useState<string>()
  const { data: tries } = useQuery(triesQuery(application.id, comparedWith))
  const { data: signals } = useQuery(signalsQuery(application.id))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <div className={css.words} tabIndex={0}>
      <Facts application={application} />
      {application.scheduled && <Scheduled id={application.id} scheduled={application.scheduled} />}
      {application.state !== 'under_review' && <Outcome application={application} />}
      {tries && tries.items.length > 0 && <Tries tries={tries} filters={filters} onCompare={setComparedWith} />}
      <Fields application={application} comparison={tries?.comparison ?? undefined} />
      {signals && <Signals signals={signals} />}
      <Notes id={application.id} />
    </div>
  )
}
