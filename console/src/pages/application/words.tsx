import type { ApiApplicationInFull, ApiTries } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import type { Filters } from '../../data/filters.ts'
import { signalsQuery } from '../../data/signals.ts'
import css from './application-page.module.css'
import { ApplicationTrail } from './application-trail.tsx'
import { Facts } from './facts.tsx'
import { Fields } from './fields.tsx'
import { Notes } from './notes.tsx'
import { Opinions } from './opinions.tsx'
import { Outcome } from './outcome.tsx'
import { Scheduled } from './scheduled.tsx'
import { Signals } from './signals.tsx'
import { Tries } from './tries.tsx'

interface WordsProps {
  application: ApiApplicationInFull
  filters: Filters
  tries?: ApiTries
  /** With which earlier try. */
  onCompare: (id: string) => void
}

/** All of an application that is read. */
export function Words({ application, filters, tries, onCompare }: WordsProps) {
  const { data: signals } = useQuery(signalsQuery(application.id))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <div className={css.words} tabIndex={0}>
      <Facts application={application} />
      {application.scheduled && <Scheduled id={application.id} scheduled={application.scheduled} />}
      {application.opinions.length > 0 && <Opinions opinions={application.opinions} />}
      {application.state !== 'under_review' && <Outcome application={application} />}
      {tries && tries.items.length > 0 && <Tries tries={tries} filters={filters} onCompare={onCompare} />}
      <Fields application={application} comparison={tries?.comparison ?? undefined} />
      {signals && <Signals signals={signals} />}
      <Notes id={application.id} />
      <ApplicationTrail id={application.id} />
    </div>
  )
}
