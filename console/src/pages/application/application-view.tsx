import type { ApiApplicationInFull, ApiComparison } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Filters } from '../../data/filters.ts'
import { type ApplicationPicture, pictureSource, picturesOf } from '../../data/pictures.ts'
import { triesQuery } from '../../data/tries.ts'
import css from './application-page.module.css'
import { DecideBar } from './decide-bar.tsx'
import { DecidedBar } from './decided-bar.tsx'
import type { Neighbours } from './neighbours.ts'
import { PictureViewer } from './pictures/picture-viewer.tsx'
import { Words } from './words.tsx'

interface ApplicationViewProps {
  application: ApiApplicationInFull
  neighbours: Neighbours
  filters: Filters
}

export function ApplicationView({ application, neighbours, filters }: ApplicationViewProps) {
  const [comparedWith, setComparedWith] = useState<string>()
  const { data: tries } = useQuery(triesQuery(application.id, comparedWith))
  const pictures = picturesOf(application)
  const { moves } = application
  const [wasOpen] = useState(moves.length > 0)
  return (
    <>
      <div className={`${css.body} ${pictures.length > 0 ? '' : css.alone}`}>
        <Words application={application} filters={filters} tries={tries} onCompare={setComparedWith} />
        {pictures.length > 0 && (
          <PictureViewer
            id={application.id}
            pictures={pictures}
            earlierOf={(picture) => earlierOf(picture, tries?.comparison)}
          />
        )}
      </div>
      {moves.length > 0 && <DecideBar application={application} neighbours={neighbours} filters={filters} />}
      {wasOpen && moves.length === 0 && (
        <DecidedBar application={application} neighbours={neighbours} filters={filters} />
      )}
    </>
  )
}

/** The picture of the earlier try that another one has replaced. */
function earlierOf(
  picture: ApplicationPicture,
  comparison: ApiComparison | null | undefined,
): ApplicationPicture | undefined {
  const change = comparison?.pictures.find(({ field, new: now }) => field === picture.field && now === picture.position)
  if (!comparison || change?.change !== 'changed' || change.old === null) return undefined
  return { ...picture, position: change.old, source: pictureSource(comparison.id, picture.field, change.old) }
}
