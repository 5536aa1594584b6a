import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'

export type ApplicationPicture = ApiApplicationInFull['pictures'][number]

/** Where this server serves a picture, whatever its public name is. */
export const pictureSource = ({ url }: ApplicationPicture): string | undefined =>
  url ? new URL(url).pathname : undefined
