import { useQuery } from '@tanstack/react-query'
import type { ApplicationPicture } from '../../../data/pictures.ts'
import { readingQuery } from '../../../data/readings.ts'
import { Button } from '../../../parts/button.tsx'
import { useExplain } from '../../../parts/explain.ts'
import { useText } from '../../../text/use-text.ts'
import { ReadCode } from './read-code.tsx'
import css from './reading.module.css'

/** The licence numbers that the server has read from a picture: proposals beside it. */
export function Reading({ id, picture }: { id: string; picture: ApplicationPicture }) {
  const { application, actions } = useText()
  const { reading: text } = application.pictures
  const explain = useExplain()
  const { data, error, isFetching, refetch } = useQuery(readingQuery(id, picture))
  const isOver = !isFetching && (error !== null || data?.state === 'busy')
  const wordsOf = () => {
    if (isFetching || (!data && !error)) return text.underWay
    if (error) return explain(error)
    if (data?.state !== 'read') return data && text[data.state]
    return data.items.length === 0 ? text.nothing : undefined
  }
  const words = wordsOf()
  return (
    <section className={css.reading} aria-label={text.title} aria-live="polite" aria-busy={isFetching}>
      <p>{text.title}</p>
      {words && <p className={css.words}>{words}</p>}
      {isOver && (
        <Button look="quiet" onClick={() => void refetch()}>
          {actions.retry}
        </Button>
      )}
      {!words && data && (
        <ul>
          {data.items.map((item) => (
            <ReadCode key={item.code} item={item} typed={data.typed} />
          ))}
        </ul>
      )}
    </section>
  )
}
