import { statistics } from '@shenpi/sdk/contract/wire'
import { beaconOf } from '../../device-batches/beacon.ts'
import { searchDevices } from '../../devices/search-devices.ts'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { hasPage } from '../../shakes/shake.store.ts'
import { readDays, readSubjects } from '../../statistics/read-statistics.ts'
import type { ServeCall } from './serve-calls.ts'
import { toWireDate, toWireDay } from './statistics.presenter.ts'

export function statisticsRoutes(serve: ServeCall, services: Services): void {
  const { db, beaconScheme } = services

  serve(statistics.statisticsDevice, async ({ account: { accountId }, body }) => {
    const { begin_date: begin, end_date: end, device_identifier } = body
    const named = { type: 1, device_identifiers: [device_identifier] }
    const [device] = (await searchDevices(db, { accountId, beaconScheme }, named)).devices
    if (!device) throw new Problem('device.invalid')
    const days = await readDays(services, { accountId, subject: 'device', subjectId: device.deviceId, begin, end })
    return days.map(toWireDay)
  })

  serve(statistics.statisticsPage, async ({ account: { accountId }, body }) => {
    const { begin_date: begin, end_date: end, page_id: pageId } = body
    if (!(await hasPage(db, { accountId, pageId }))) throw new Problem('page.invalid')
    const days = await readDays(services, { accountId, subject: 'page', subjectId: pageId, begin, end })
    return days.map(toWireDay)
  })

  serve(statistics.statisticsDeviceList, async ({ account: { accountId }, body }) => {
    const { date, page_index: pageIndex } = body
    const { rows, total, day } = await readSubjects(services, { accountId, subject: 'device', date, pageIndex })
    await beaconScheme.cover(Math.max(0, ...rows.map(({ subjectId }) => subjectId)))
    const devices = rows.map(({ subjectId, ...counters }) => ({
      device_id: subjectId,
      ...beaconOf(subjectId, beaconScheme),
      ...counters,
    }))
    return { data: { devices }, date: toWireDate(day), total_count: total, page_index: pageIndex }
  })

  serve(statistics.statisticsPageList, async ({ account: { accountId }, body }) => {
    const { date, page_index: pageIndex } = body
    const { rows, total, day } = await readSubjects(services, { accountId, subject: 'page', date, pageIndex })
    const pages = rows.map(({ subjectId, ...counters }) => ({ page_id: subjectId, ...counters }))
    return { data: { pages }, date: toWireDate(day), total_count: total, page_index: pageIndex }
  })
}
