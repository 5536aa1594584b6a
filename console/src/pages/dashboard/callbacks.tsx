import type { ApiDashboard } from '@shenpi/sdk/contract/api'
import { DELIVERY_STATES } from '@shenpi/sdk/contract/states'
import { useText } from '../../text/use-text.ts'
import { BarList } from './bar-list.tsx'
import { Card } from './card.tsx'
import { NumberTable } from './number-table.tsx'

/** Whether merchants hear of decisions. */
export function Callbacks({ dashboard, isTable }: { dashboard: ApiDashboard; isTable: boolean }) {
  const { callbacks: text } = useText().dashboard
  const { callbacks, queues } = dashboard
  const behind = queues.find(({ name }) => name === 'deliveries')?.age_ms ?? 0
  return (
    <Card title={text.title} hint={text.behind(Math.round(behind / 1000))}>
      {isTable ? (
        <NumberTable
          label={text.title}
          columns={[text.state, text.count]}
          rows={DELIVERY_STATES.map((state) => ({
            key: state,
            cells: [text.states[state], callbacks[state].toLocaleString('en')],
          }))}
        />
      ) : (
        <BarList
          bars={DELIVERY_STATES.map((state) => ({
            key: state,
            label: text.states[state],
            value: callbacks[state],
            look: state === 'failed' ? 'late' : 'plain',
          }))}
        />
      )}
    </Card>
  )
}
