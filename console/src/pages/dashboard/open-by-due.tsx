import type { ApiDashboard } from '@shenpi/sdk/contract/api'
import type { DueFilter } from '@shenpi/sdk/contract/states'
import { Link } from '@tanstack/react-router'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import { type Bar, BarList } from './bar-list.tsx'
import { Card } from './card.tsx'
import { NumberTable } from './number-table.tsx'

const CLASSES = [
  { name: 'overdue_long', due: 'overdue', look: 'late' },
  { name: 'overdue', due: 'overdue', look: 'late' },
  { name: 'today', due: 'today', look: 'soon' },
  { name: 'tomorrow', due: 'later', look: 'plain' },
  { name: 'later', due: 'later', look: 'plain' },
] as const satisfies readonly { name: keyof ApiDashboard['open']; due: DueFilter; look: Bar['look'] }[]

/** What waits for the staff, by when it is due, and since when the first of it waits. */
interface OpenByDueProps {
  open: ApiDashboard['open']
  oldestAppliedAt: string | null
  isTable: boolean
}

export function OpenByDue({ open, oldestAppliedAt, isTable }: OpenByDueProps) {
  const { open: text } = useText().dashboard
  const dates = useDates()
  const total = Object.values(open).reduce((sum, count) => sum + count, 0)
  const labelOf = ({ name, due }: (typeof CLASSES)[number]) => (
    <Link to="/queue" search={{ due }}>
      {text[name]}
    </Link>
  )
  return (
    <Card title={text.title} hint={text.total(total, oldestAppliedAt && dates.relative(oldestAppliedAt))}>
      {isTable ? (
        <NumberTable
          label={text.title}
          columns={[text.due, text.count]}
          rows={CLASSES.map((each) => ({
            key: each.name,
            cells: [labelOf(each), open[each.name].toLocaleString('en')],
          }))}
        />
      ) : (
        <BarList
          bars={CLASSES.map((each) => ({
            key: each.name,
            label: labelOf(each),
            value: open[each.name],
            look: each.look,
          }))}
        />
      )}
    </Card>
  )
}
