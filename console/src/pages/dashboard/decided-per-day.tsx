import type { ApiDashboard } from '@shenpi/sdk/contract/api'
import { DECISION_WAYS, type DecisionWay, KIND_NAMES, type KindName } from '@shenpi/sdk/contract/states'
import { useState } from 'react'
import { FilterMenu } from '../../parts/filter-menu.tsx'
import { chinaDay, useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import { Card } from './card.tsx'
import { DayColumns } from './day-columns.tsx'
import { NumberTable } from './number-table.tsx'

const DAY_MS = 24 * 60 * 60_000

/** What was decided on a day, by what decided it. */
export interface DecidedDay {
  date: string
  of: Readonly<Record<DecisionWay, number>>
}

interface DecidedPerDayProps {
  days: ApiDashboard['days']
  period: number
  isTable: boolean
}

export function DecidedPerDay({ days, period, isTable }: DecidedPerDayProps) {
  const { dashboard, states, queue } = useText()
  const text = dashboard.perDay
  const dates = useDates()
  const [kind, setKind] = useState<KindName>()
  const decided = toDays(
    days.filter((day) => !kind || day.kind === kind),
    period,
  )
  const label = kind ? `${text.title}: ${states.kinds[kind]}` : text.title
  return (
    <Card
      title={text.title}
      hint={text.hint}
      isWide
      tools={
        <FilterMenu
          label={queue.kind.label}
          value={kind}
          options={KIND_NAMES.map((value) => ({ value, label: states.kinds[value] }))}
          all={queue.kind.all}
          onChange={setKind}
        />
      }
    >
      {isTable ? (
        <NumberTable
          label={label}
          columns={[text.day, ...DECISION_WAYS.map((way) => text.ways[way]), text.sum]}
          rows={decided.toReversed().map(({ date, of }) => ({
            key: date,
            cells: [dates.day(`${date}T00:00:00+08:00`), ...DECISION_WAYS.map((way) => of[way]), sumOf(of)],
          }))}
        />
      ) : (
        <DayColumns days={decided} label={label} />
      )}
    </Card>
  )
}

export const sumOf = (of: DecidedDay['of']): number => DECISION_WAYS.reduce((sum, way) => sum + of[way], 0)

/** Every day of the period, also those on which nothing was decided. */
function toDays(rows: ApiDashboard['days'], period: number): DecidedDay[] {
  const now = Date.now()
  return Array.from({ length: period }, (_, at) => {
    const date = chinaDay(now - (period - 1 - at) * DAY_MS)
    const of = { staff: 0, key: 0, quick: 0, rule: 0 }
    for (const row of rows) if (row.date === date) of[row.way] += row.decided
    return { date, of }
  })
}
