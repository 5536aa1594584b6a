import { Skeleton } from '../../parts/skeleton.tsx'
import { useText } from '../../text/use-text.ts'
import css from './application-page.module.css'
import skeleton from './application-skeleton.module.css'

const FIELDS = ['14rem', '9rem', '12rem', '8rem', '22rem']

export function ApplicationSkeleton() {
  return (
    <div className={css.body} role="status" aria-label={useText().loading}>
      <div className={`${css.words} ${skeleton.words}`}>
        <Skeleton width="24rem" />
        {FIELDS.map((width) => (
          <Skeleton key={width} width={width} height="1.25rem" />
        ))}
      </div>
      <div className={skeleton.picture}>
        <Skeleton height="100%" />
      </div>
    </div>
  )
}
