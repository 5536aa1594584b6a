import { Skeleton } from '../../parts/skeleton.tsx'
import { useText } from '../../text/use-text.ts'
import css from './dashboard-page.module.css'

/** Cards of about the right height before there are numbers. */
export function DashboardSkeleton() {
  return (
    <div className={css.page} role="status" aria-label={useText().loading}>
      <div className={css.wide}>
        <Skeleton height="6rem" />
      </div>
      <div className={css.wide}>
        <Skeleton height="17rem" />
      </div>
      <Skeleton height="15rem" />
      <Skeleton height="15rem" />
    </div>
  )
}
