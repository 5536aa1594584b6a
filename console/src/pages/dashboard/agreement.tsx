import type { ApiAgreement } from '@shenpi/sdk/contract/api'
import { useText } from '../../text/use-text.ts'
import { BarList } from './bar-list.tsx'
import { Card } from './card.tsx'
import { NumberTable } from './number-table.tsx'

/** How often second reviews came to what was decided, by kind and move. */
export function Agreement({ agreements, isTable }: { agreements: readonly ApiAgreement[]; isTable: boolean }) {
  const { dashboard, states } = useText()
  const text = dashboard.agreement
  const answered = [...Map.groupBy(agreements, ({ kind, move }) => `${kind} ${move}`)].flatMap(([key, of]) => {
    const [first] = of
    const sum = (column: 'drawn' | 'answered' | 'agreed') => of.reduce((total, each) => total + each[column], 0)
    if (!first) return []
    const label = `${states.kinds[first.kind]} · ${text.moves[first.move]}`
    return [{ key, label, drawn: sum('drawn'), answered: sum('answered'), agreed: sum('agreed') }]
  })
  const rated = answered.filter((each) => each.answered > 0)
  return (
    <Card title={text.title} hint={text.hint}>
      {answered.length === 0 && <p>{text.none}</p>}
      {answered.length > 0 && (isTable || rated.length === 0) && (
        <NumberTable
          label={text.title}
          columns={[text.of, text.drawn, text.answered, text.agreed]}
          rows={answered.map(({ key, label, ...of }) => ({ key, cells: [label, of.drawn, of.answered, of.agreed] }))}
        />
      )}
      {rated.length > 0 && !isTable && (
        <BarList
          max={1}
          bars={rated.map(({ key, label, ...of }) => ({
            key,
            label,
            value: of.agreed / of.answered,
            told: text.share(of.agreed, of.answered),
          }))}
        />
      )}
    </Card>
  )
}
