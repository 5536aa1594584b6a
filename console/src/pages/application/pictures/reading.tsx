import { useQuery } from '@tanstack/react-query'
import type { ApplicationPicture } from '../../../data/pictures.ts'
import { readingQuery } from '../../../data/readings.ts'
import { CopyButton } from '../../../parts/copy-button.tsx'
import { Tag } from '../../../parts/tag.tsx'
import { useText } from '../../../text/use-text.ts'
import css from './reading.module.css'

/** The licence numbers that the server has read from a picture: proposals beside it. */
export function Reading({ id, picture }: { id: string; picture: ApplicationPicture }) {
  const { pictures, signals } = useText().application
  const { reading: text } = pictures
  const { data, isError } = useQuery(readingQuery(id, picture))
  const words = data ? data.items.length === 0 && text.nothing : isError ? text.failed : text.underWay
  return (
    <section className={css.reading} aria-label={text.title} aria-live="polite">
      <span className={css.title} title={text.hint}>
        {text.title}
      </span>
      {words && <span className={css.words}>{words}</span>}
      {data?.items.map(({ code, fault, is_typed }) => (
        <span key={code} className={css.code}>
          <code>{code}</code>
          <CopyButton text={code} label={text.copy} />
          {fault ? (
            <Tag look="warn">{signals.faults[fault]}</Tag>
          ) : is_typed ? (
            <Tag look="good">{text.same}</Tag>
          ) : (
            <Tag look={data.typed.length > 0 ? 'warn' : 'plain'}>
              {data.typed.length > 0 ? text.different(data.typed.join(', ')) : text.noneTyped}
            </Tag>
          )}
        </span>
      ))}
    </section>
  )
}
