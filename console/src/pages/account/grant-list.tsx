import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type pagesOf, rowsOf } from '../../data/pages-of.ts'
import { Button } from '../../parts/button.tsx'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'

interface Grant {
  application: string
  granted_at: string
}

interface GrantListProps<Row extends Grant> {
  title: string
  /** What it says when there is none. */
  none: string
  query: ReturnType<typeof pagesOf<Row>>
  show: (row: Row) => { id: number; name: string }
}

/** What was granted, by which application and when. */
export function GrantList<Row extends Grant>({ title, none, query, show }: GrantListProps<Row>) {
  const text = useText().accounts.grants
  const dates = useDates()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(query)
  const rows = rowsOf<Row>(data)
  return (
    <SettingsCard title={title} hint={data && rows.length === 0 ? none : undefined}>
      {rows.map((row) => {
        const { id, name } = show(row)
        return (
          <SettingsRow
            key={id}
            title={name}
            hint={
              <>
                {id} ·{' '}
                <Link to="/applications/$id" params={{ id: row.application }} search={{}}>
                  {text.by(row.application)}
                </Link>{' '}
                · {dates.short(row.granted_at)}
              </>
            }
          />
        )
      })}
      {hasNextPage && (
        <Button look="quiet" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text.more}
        </Button>
      )}
    </SettingsCard>
  )
}
