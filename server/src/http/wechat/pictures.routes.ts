import { pictures } from '@shenpi/sdk/contract/wire'
import { addMaterial } from '../../pictures/add-material.ts'
import { toLinkPath, toMediaId, toPayMediaId } from '../../pictures/picture-link.ts'
import { uploadShopPicture } from '../../pictures/upload-shop-picture.ts'
import { uploadStorePhoto } from '../../pictures/upload-store-photo.ts'
import type { Services } from '../../services.ts'
import type { ServeCall } from './serve-calls.ts'

/** Values of `resp_type` and `upload_type`. Source: docs/protocol/shops.md, img/upload. */
const RESPONSE = { mediaId: 0, link: 1, payMediaId: 2 } as const
const UPLOAD_BY_LINK = 1

export function picturesRoutes(serve: ServeCall, services: Services): void {
  serve(pictures.materialAdd, async ({ account, body, file, publicUrl }) => {
    const { type: purpose = 'icon' } = body
    const key = await addMaterial(services.pictures, account.accountId, purpose, file)
    return { pic_url: publicUrl() + toLinkPath(key, purpose, account.appid) }
  })

  serve(pictures.mediaUploadImg, async ({ account, file, publicUrl }) => {
    const key = await uploadStorePhoto(services.pictures, account.accountId, file)
    return { url: publicUrl() + toLinkPath(key, 'store', account.appid) }
  })

  serve(pictures.imgUpload, async ({ account, body, file, publicUrl }) => {
    const { resp_type = RESPONSE.mediaId, upload_type, img_url: url } = body
    const upload = upload_type === UPLOAD_BY_LINK ? ({ from: 'link', url } as const) : ({ from: 'file', file } as const)
    const key = await uploadShopPicture(services.pictures, services.outbound, account.accountId, upload)
    const link = publicUrl() + toLinkPath(key, 'shop', account.appid)
    return {
      img_info: {
        media_id: resp_type === RESPONSE.mediaId ? toMediaId(key) : '',
        temp_img_url: resp_type === RESPONSE.link ? link : '',
        pay_media_id: resp_type === RESPONSE.payMediaId ? toPayMediaId(key) : '',
      },
    }
  })
}
