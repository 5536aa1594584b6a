import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { useNavigate } from '@tanstack/react-router'
import type { Filters } from '../../data/filters.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { IconButton } from '../../parts/button.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/use-text.ts'
import css from './application-page.module.css'
import type { Neighbours } from './neighbours.ts'

interface ApplicationHeaderProps {
  application?: ApiApplicationInFull
  neighbours: Neighbours
  filters: Filters
}

export function ApplicationHeader({ application, neighbours, filters }: ApplicationHeaderProps) {
  const { application: text, states, shell, shortcuts } = useText()
  const navigate = useNavigate()
  const { position, previous, next } = neighbours
  const open = (id: string) => void navigate({ to: '/applications/$id', params: { id }, search: filters })
  const back = () => void navigate({ to: '/queue', search: filters })
  useShortcuts({
    backToQueue: back,
    nextApplication: next && (() => open(next.id)),
    previousApplication: previous && (() => open(previous.id)),
    copyId: application && (() => void navigator.clipboard.writeText(application.id)),
  })
  return (
    <PageHeader
      title={application ? states.kinds[application.kind] : shell.queue}
      lead={<IconButton icon="left" label={shortcuts.backToQueue} onClick={back} />}
      detail={application?.id}
    >
      {position > 0 && <span className={css.position}>{text.position(position)}</span>}
      <IconButton
        icon="up"
        label={shortcuts.previousApplication}
        disabled={!previous}
        onClick={() => previous && open(previous.id)}
      />
      <IconButton
        icon="down"
        label={shortcuts.nextApplication}
        disabled={!next}
        onClick={() => next && open(next.id)}
      />
    </PageHeader>
  )
}
