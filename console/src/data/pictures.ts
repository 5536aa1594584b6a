import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'

/** A picture of an application, and where those who are signed in see it; nowhere where it is not to be had. */
export type ApplicationPicture = ApiApplicationInFull['pictures'][number] & { source?: string }

export const picturesOf = ({ id, pictures }: Pick<ApiApplicationInFull, 'id' | 'pictures'>): ApplicationPicture[] =>
  pictures.map((picture) => ({
    ...picture,
    source: picture.url === null ? undefined : pictureSource(id, picture.field, picture.position),
  }))

export const pictureSource = (id: string, field: string, position: number): string =>
  `/api/v1/applications/${id}/pictures/${field}/${position}`
