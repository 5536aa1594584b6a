import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { picturesOf } from '../../data/pictures.ts'
import { sampleQuery, samplesQuery } from '../../data/samples.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { IconButton } from '../../parts/button.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { useText } from '../../text/use-text.ts'
import page from '../application/application-page.module.css'
import { ApplicationSkeleton } from '../application/application-skeleton.tsx'
import facts from '../application/facts.module.css'
import { Fields } from '../application/fields.tsx'
import { PictureViewer } from '../application/pictures/picture-viewer.tsx'
import { AnswerBar } from './answer-bar.tsx'

const route = getRouteApi('/samples/$id')

/** A decided application as it was before: whoever looks at it again does not know how it was decided. */
export function SamplePage() {
  const { samples: text, states, shortcuts } = useText()
  const { id } = route.useParams()
  const navigate = useNavigate()
  const query = useQuery(sampleQuery(id))
  const { data: list } = useInfiniteQuery(samplesQuery)
  const next = list?.pages.flatMap(({ items }) => items).find((each) => each.id !== id)?.id
  const back = () => void navigate({ to: '/samples' })
  useShortcuts({ backToQueue: back })
  const sample = query.data
  return (
    <div className={page.page}>
      <PageHeader
        title={sample ? states.kinds[sample.kind] : text.title}
        lead={<IconButton icon="left" label={shortcuts.backToQueue} onClick={back} />}
        detail={text.blind}
      />
      {sample && (
        <div className={`${page.body} ${sample.pictures.length > 0 ? '' : page.alone}`}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
          <div className={page.words} tabIndex={0}>
            <div className={facts.facts}>
              <h2 className={facts.summary}>
                <PlainText text={sample.summary} />
              </h2>
            </div>
            <Fields application={sample} />
          </div>
          {sample.pictures.length > 0 && (
            <PictureViewer id={sample.id} pictures={picturesOf(sample)} earlierOf={() => undefined} />
          )}
        </div>
      )}
      {sample && <AnswerBar key={id} id={id} next={next} />}
      {!sample && query.isError && <FailurePage error={query.error} retry={() => void query.refetch()} />}
      {!sample && query.isPending && <ApplicationSkeleton />}
    </div>
  )
}
