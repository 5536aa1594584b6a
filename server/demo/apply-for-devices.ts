import { differences, JUST_NOW, refused } from './compare.ts'
import type { Demo } from './demo.ts'
import { APPLY_ID, APPLY_STATUS, applyIdFor, DEVICE_SEARCH, REFUSED } from './documents.ts'

/** The documents' numbers. */
const QUICK = 3
const SLOW = 501
const CEILING = 10_000
/** Source: docs/protocol/shakearound.md, device/search, field `count`. */
const PAGE = 50

const APPLY = { path: '/shakearound/device/applyid' }
const UUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/

interface WireDevice {
  device_id: number
  uuid: string
  major: number
  minor: number
  comment: string
  poi_id: number
}

/** The second document. */
export async function applyForDevices(demo: Demo): Promise<void> {
  const { report, merchant } = demo
  report.chapter('Apply for device IDs', 'the document “Applies for the UUID, Major, and Minor”')
  const quick = await merchant.call({
    ...APPLY,
    title: `The merchant applies for ${QUICK}, with the published request to the letter`,
    body: APPLY_ID.request,
    says: 'The document: “less than 500, the system will conduct a quick review”; audit_status “2: Approved”.',
    documented: { like: APPLY_ID.answer, where: { data: { audit_status: 2, audit_comment: /./ } } },
  })
  const found = await merchant.call({
    title: 'The merchant lists the devices of this batch',
    path: '/shakearound/device/search',
    body: JSON.stringify({ type: 3, apply_id: quick?.data?.apply_id, last_seen: 0, count: PAGE }),
    says: 'The document: “you can use the returned batch ID to pull the device ID of this application”.',
    documented: { like: DEVICE_SEARCH.answer, where: { data: { total_count: QUICK } } },
  })
  report.check(
    `${QUICK} devices with UUID, major and minor, and with the remark and the store that were applied for.`,
    deviceFaults(found?.data?.devices ?? [], QUICK),
  )
  await applyForSlowBatch(demo)
  await reachCeiling(demo)
}

async function applyForSlowBatch({ report, merchant, staff }: Demo): Promise<void> {
  const slow = await merchant.call({
    ...APPLY,
    title: `The merchant applies for ${SLOW}`,
    body: applyIdFor(SLOW),
    says: 'The document: “greater than 500 … In this case, the return value is 1 (Under review).”',
    documented: { like: APPLY_ID.answer, where: { data: { audit_status: 1, audit_comment: 'Under review' } } },
  })
  const apply_id = slow?.data?.apply_id
  await merchant.call({
    ...APPLY,
    title: 'The merchant applies for more while this one waits',
    body: APPLY_ID.request,
    says: 'The platform’s code 9001023: an application is under review.',
    documented: refused(REFUSED.batchUnderReview),
  })
  const status = { path: '/shakearound/device/applystatus', body: JSON.stringify({ apply_id }) }
  await merchant.call({
    ...status,
    title: 'The merchant asks how the batch stands',
    says: 'The document: “the returned batch ID can be used to query the current application review status”.',
    documented: {
      like: APPLY_STATUS.answer,
      where: { data: { apply_time: JUST_NOW, audit_comment: 'Under review', audit_status: 1, audit_time: 0 } },
    },
  })
  report.step('The staff approve it, this time with the native API')
  await staff.approve(await staff.waiting('device_batch'))
  await merchant.call({
    ...status,
    title: 'The merchant asks again',
    says: 'The document: audit_status “2: Approved”.',
    documented: {
      like: APPLY_STATUS.answer,
      where: { data: { apply_time: JUST_NOW, audit_status: 2, audit_time: JUST_NOW } },
    },
  })
  await listInPages({ report, merchant }, apply_id)
}

/** Page through a batch, as a merchant's program would; the first page and the last are shown. */
async function listInPages({ report, merchant }: Pick<Demo, 'report' | 'merchant'>, applyId: number): Promise<void> {
  const pages = Math.ceil(SLOW / PAGE)
  report.step(`The merchant lists the ${SLOW} devices in ${pages} pages`)
  const devices: WireDevice[] = []
  const faults: string[] = []
  for (let page = 1; page <= pages; page += 1) {
    const isShown = page === 1 || page === pages
    if (page === pages) report.more(`… and so on …`)
    const last_seen = devices.at(-1)?.device_id ?? 0
    const body = JSON.stringify({ type: 3, apply_id: applyId, last_seen, count: PAGE })
    const answer = await merchant.send({ path: '/shakearound/device/search', body }, { quietly: !isShown })
    if (isShown) report.came(answer.text)
    const documented = { like: DEVICE_SEARCH.answer, where: { data: { total_count: QUICK + SLOW } } }
    faults.push(...[...answer.faults, ...differences(documented, answer.json)].map((fault) => `page ${page}: ${fault}`))
    devices.push(...(answer.json?.data?.devices ?? []))
  }
  report.check(
    `Every page is as documented, and total_count is ${QUICK + SLOW}: the account’s, not the page’s.`,
    faults,
  )
  report.check(`Together they hold ${SLOW} devices, each once, in order.`, deviceFaults(devices, SLOW))
}

async function reachCeiling({ merchant }: Demo): Promise<void> {
  const left = CEILING - QUICK - SLOW
  await merchant.call({
    ...APPLY,
    title: `The merchant applies for one more than the ${left.toLocaleString('en')} that are left`,
    body: applyIdFor(left + 1),
    says: 'The document: “An Official Account can apply for up to 10,000 device IDs.”',
    documented: refused(REFUSED.deviceCeiling),
  })
  await merchant.call({
    ...APPLY,
    title: 'The merchant applies for exactly those that are left',
    body: applyIdFor(left),
    says: 'The document: up to 10,000 is within the limit; more than 500 is under review.',
    documented: { like: APPLY_ID.answer, where: { data: { audit_status: 1, audit_comment: 'Under review' } } },
  })
}

function deviceFaults(devices: readonly WireDevice[], count: number): string[] {
  const { comment, poi_id } = { comment: 'Only for test', poi_id: 1234 }
  const beacons = new Set(devices.map(({ uuid, major, minor }) => `${uuid} ${major} ${minor}`))
  const faults = [
    devices.length !== count && `there are ${devices.length} devices`,
    beacons.size !== devices.length && 'two devices have the same UUID, major and minor',
    devices.some((device, index) => device.device_id <= (devices[index - 1]?.device_id ?? 0)) &&
      'the device_ids do not ascend',
    devices.some((device) => !UUID.test(device.uuid)) && 'a uuid is none',
    devices.some((device) => Math.max(device.major, device.minor) > 0xffff) && 'a major or minor is above 65535',
    devices.some((device) => Math.min(device.major, device.minor) < 1) && 'a major or minor is 0',
    devices.some((device) => device.comment !== comment) && `a comment is not "${comment}"`,
    devices.some((device) => device.poi_id !== poi_id) && `a poi_id is not ${poi_id}`,
  ]
  return faults.filter((fault) => fault !== false)
}
