import { useInfiniteQuery } from '@tanstack/react-query'
import { usePreferences } from '../../data/preferences.ts'
import { reasonVersionsQuery } from '../../data/reason-library.ts'
import { Button } from '../../parts/button.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { TextChange } from '../../parts/text-change.tsx'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import css from './reasons-page.module.css'
import { useLibraryText } from './use-library-text.ts'

/** Every version of a reason, each with what it changed. */
export function ReasonVersions({ reasonNo }: { reasonNo: number }) {
  const text = useLibraryText()
  const dates = useDates()
  const nameOf = useActorName()
  const { language } = usePreferences()
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(reasonVersionsQuery(reasonNo))
  const versions = data?.pages.flatMap(({ items }) => items)
  if (!versions) return <Skeleton height="3rem" />
  return (
    <ol className={css.versions}>
      {versions.map((each, at) => {
        const older = versions[at + 1]
        const says = `${each.title[language]}\n${each.text[language]}`
        return (
          <li key={each.version}>
            <p className={css.hint}>
              {text.version(each.version, nameOf(each.changed_by), dates.short(each.changed_at))}
              {each.retired && ` · ${text.retired}`}
            </p>
            {older ? (
              <TextChange before={`${older.title[language]}\n${older.text[language]}`} after={says} />
            ) : (
              <PlainText text={says} />
            )}
          </li>
        )
      })}
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{text.more}</Button>}
    </ol>
  )
}
