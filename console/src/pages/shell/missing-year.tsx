import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { policyQuery } from '../../data/policy.ts'
import { Banner } from '../../parts/banner.tsx'
import { useText } from '../../text/use-text.ts'

/** Tells whoever can load it that a year's calendar is missing; whether one is, the server says by its clock. */
export function MissingYear() {
  const { shell } = useText()
  const { data } = useQuery(policyQuery)
  const year = data?.calendar.missing
  if (!year) return null
  return (
    <Banner>
      {shell.missingYear(year)}{' '}
      <Link to="/policy" search={{}} hash="calendar">
        {shell.loadYear}
      </Link>
    </Banner>
  )
}
