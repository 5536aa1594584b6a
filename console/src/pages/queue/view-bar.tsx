import type { ApiSavedView } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { type Filters, parseFilters } from '../../data/filters.ts'
import { useMay } from '../../data/own-account.ts'
import { isViewOf, savedViewCountsQuery, savedViewsQuery } from '../../data/saved-views.ts'
import { IconButton } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useText } from '../../text/use-text.ts'
import css from './view-bar.module.css'

const ViewDialog = lazy(async () => ({ default: (await import('./view-dialog.tsx')).ViewDialog }))

/** The saved views over the queue, each with what stands behind it. */
export function ViewBar({ filters }: { filters: Filters }) {
  const { views: text } = useText().queue
  const { data: views = [] } = useQuery(savedViewsQuery)
  const { data: counts } = useQuery({ ...savedViewCountsQuery, enabled: views.length > 0 })
  const [changed, setChanged] = useState<ApiSavedView>()
  const mayChangeShared = useMay('view.change_shared')
  if (views.length === 0) return null
  return (
    <nav className={css.bar} aria-label={text.title}>
      {views.map((view) => {
        const isCurrent = isViewOf(view, filters)
        return (
          <span key={view.view_no} className={css.view} data-current={isCurrent}>
            <Link
              to="/queue"
              search={parseFilters(view.filters)}
              className={css.link}
              aria-current={isCurrent ? 'true' : undefined}
              preload={false}
            >
              {view.shared && (
                <span className={css.sign} title={text.shared}>
                  <Icon name="person" />
                </span>
              )}
              <span className={css.name}>{view.name}</span>
              <span className={css.count}>{counts?.get(view.view_no)}</span>
            </Link>
            {isCurrent && (!view.shared || mayChangeShared) && (
              <IconButton icon="settings" label={text.change(view.name)} onClick={() => setChanged(view)} />
            )}
          </span>
        )
      })}
      <Suspense>
        {changed && <ViewDialog filters={filters} view={changed} onClose={() => setChanged(undefined)} />}
      </Suspense>
    </nav>
  )
}
