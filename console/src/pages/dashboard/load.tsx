import type { ApiDashboard } from '@shenpi/sdk/contract/api'
import { PlainText } from '../../parts/plain-text.tsx'
import { useText } from '../../text/use-text.ts'
import { BarList } from './bar-list.tsx'
import { Card } from './card.tsx'
import { NumberTable } from './number-table.tsx'

const CHARTED_MAX = 8

/** What each person and key has decided. */
export function Load({ load, isTable }: { load: ApiDashboard['load']; isTable: boolean }) {
  const { load: text } = useText().dashboard
  return (
    <Card title={text.title} hint={text.hint}>
      {load.length === 0 && <p>{text.none}</p>}
      {load.length > 0 && isTable && (
        <NumberTable
          label={text.title}
          columns={[text.who, text.decided, text.late]}
          rows={load.map(({ actor, decided, late }) => ({
            key: actor,
            cells: [
              <PlainText key="who" text={text.actor(actor)} />,
              decided.toLocaleString('en'),
              late.toLocaleString('en'),
            ],
          }))}
        />
      )}
      {load.length > 0 && !isTable && (
        <BarList
          bars={load.slice(0, CHARTED_MAX).map(({ actor, decided, late }) => ({
            key: actor,
            label: <PlainText text={text.actor(actor)} />,
            value: decided,
            part: late,
            told: text.told(decided, late),
          }))}
        />
      )}
    </Card>
  )
}
