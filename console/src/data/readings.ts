import { LICENCE_FIELDS } from '@shenpi/sdk/contract/states'
import { queryOptions, skipToken } from '@tanstack/react-query'
import { client } from './client.ts'
import type { ApplicationPicture } from './pictures.ts'

/** Its turn, the start of what reads, and the reading. */
const TIMEOUT_MS = 60_000

/** The licence numbers that the server reads from a picture, where it does. */
export function readingQuery(id: string, { field: name, position, is_readable }: ApplicationPicture) {
  const field = LICENCE_FIELDS.find((licence) => licence === name)
  return queryOptions({
    queryKey: ['reading', id, name, position],
    queryFn:
      field && is_readable
        ? ({ signal }) =>
            client.getPictureReading({ params: { id, field, position } }, { signal, timeoutMs: TIMEOUT_MS })
        : skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    // It takes the server seconds.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
