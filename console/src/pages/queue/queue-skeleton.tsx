import { Skeleton } from '../../parts/skeleton.tsx'
import { useText } from '../../text/use-text.ts'
import css from './queue-rows.module.css'

const ROWS = Array.from({ length: 14 }, (_, at) => at)

/** Rows of the right height before there are any. */
export function QueueSkeleton() {
  return (
    <div className={css.skeleton} role="status" aria-label={useText().loading}>
      {ROWS.map((at) => (
        <div key={at} className={css.bone}>
          <Skeleton width="5.5rem" />
          <Skeleton width="6rem" />
          <Skeleton width={`${10 + ((at * 7) % 9)}rem`} />
        </div>
      ))}
    </div>
  )
}
