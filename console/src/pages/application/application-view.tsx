import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import type { Filters } from '../../data/filters.ts'
import css from './application-page.module.css'
import { DecideBar } from './decide-bar.tsx'
import type { Neighbours } from './neighbours.ts'
import { PictureViewer } from './pictures/picture-viewer.tsx'
import { Words } from './words.tsx'

interface ApplicationViewProps {
  application: ApiApplicationInFull
  neighbours: Neighbours
  filters: Filters
}

export function ApplicationView({ application, neighbours, filters }: ApplicationViewProps) {
  const { pictures } = application
  return (
    <>
      <div className={`${css.body} ${pictures.length > 0 ? '' : css.alone}`}>
        <Words application={application} filters={filters} />
        {pictures.length > 0 && <PictureViewer pictures={pictures} />}
      </div>
      {application.moves.length > 0 && (
        <DecideBar application={application} neighbours={neighbours} filters={filters} />
      )}
    </>
  )
}
