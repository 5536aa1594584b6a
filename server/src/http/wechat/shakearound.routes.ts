import { activations, deviceBatches, devices, pictures } from '@shenpi/sdk'
import { findActivation } from '../../activations/account-activation.kind.ts'
import { applyForActivation } from '../../activations/apply-for-activation.ts'
import { findStanding } from '../../applications/application.store.ts'
import { submitApplication } from '../../applications/submit-application.ts'
import { searchDevices } from '../../devices/search-devices.ts'
import { addMaterial } from '../../pictures/add-material.ts'
import { toLinkPath } from '../../pictures/picture-link.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { toApplyResult, toAudit, toWireDevice } from './presenters.ts'
import type { ServeCall } from './wire.ts'

export function shakearoundRoutes(serve: ServeCall, services: Services): void {
  const { db, review, beaconScheme, config } = services

  serve(activations.accountRegister, async ({ account, body }) => {
    await applyForActivation(review, account.accountId, body, { wholeEmail: config.mode === 'production' })
    return {}
  })

  serve(activations.accountAuditStatus, async ({ account }) => {
    const activation = await findActivation(db, account.accountId)
    if (!activation) throw new Problem('account.not_activated')
    return toAudit(activation)
  })

  serve(pictures.materialAdd, async ({ account, body, file, publicUrl }) => {
    const { type: purpose = 'icon' } = body
    const key = await addMaterial(services.pictures, account.accountId, purpose, file)
    return { pic_url: publicUrl() + toLinkPath(key, purpose, account.appid) }
  })

  serve(deviceBatches.deviceApplyId, async ({ account, body }) => {
    const { quantity, apply_reason, comment = '', poi_id = 0 } = body
    const payload = { quantity, apply_reason, comment, poi_id }
    return toApplyResult(
      await submitApplication(review, { accountId: account.accountId, kind: 'device_batch', payload }),
    )
  })

  serve(deviceBatches.deviceApplyStatus, async ({ account, body }) => {
    const key = { accountId: account.accountId, applicationNo: body.apply_id }
    const application = await findStanding(db, key)
    if (application?.kind !== 'device_batch') throw new Problem('batch.unknown')
    return toAudit(application)
  })

  serve(devices.deviceSearch, async ({ account, body }) => {
    const { devices, total } = await searchDevices(db, { accountId: account.accountId, beaconScheme }, body)
    return { devices: devices.map(toWireDevice), total_count: total }
  })
}
