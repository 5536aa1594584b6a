import { PICTURE_FIELDS, type PictureField } from '@shenpi/sdk/contract/states'
import { findOwnPictures } from '../pictures/own-pictures.ts'
import { A_WEB_LINK, isWebLink, parseLinkKey, parseMediaId } from '../pictures/picture-link.ts'
import { Problem, unfitting } from '../problem.ts'
import type { PictureReference } from './application-kind.ts'
import type { Review } from './review.ts'

/**
 * What each picture is: ours, by link or media_id, with its permanent link at once; or a foreign link, fetched after
 * the submission.
 *
 * @param fields the references, by the wire's name of their list
 * @throws Problem `picture.media_id_unknown`, `picture.link_invalid`
 */
export async function resolvePictures(
  review: Review,
  accountId: number,
  fields: { readonly [Field in PictureField]?: readonly string[] },
): Promise<PictureReference[]> {
  const keyIn = (reference: string) => parseMediaId(reference) ?? parseLinkKey(reference)
  const own = await findOwnPictures(review.db, accountId, Object.values(fields).flat(), keyIn)
  return PICTURE_FIELDS.flatMap((field) =>
    (fields[field] ?? []).map((reference, place) => {
      const link = own.get(reference)
      if (link) return { field, reference, linkKey: link.key, digest: link.digest }
      if (parseMediaId(reference)) throw new Problem('picture.media_id_unknown')
      if (!isWebLink(reference))
        throw unfitting('picture.link_invalid', { path: `${field}[${place}]`, form: A_WEB_LINK })
      return { field, reference, linkKey: null }
    }),
  )
}
