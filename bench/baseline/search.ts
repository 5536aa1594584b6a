import type { FastifyInstance } from 'fastify'
import type { BaselineDatabase, Work } from './database.ts'

const SELECT_QUOTA = { name: 'quota', text: 'select allocated from device_quota where account_id = $1' }
const SELECT_BATCHES = {
  name: 'batches',
  text: `select * from device_batch where account_id = $1 and last_device_id > $2
    order by last_device_id limit $3`,
}
const SELECT_DETAILS = {
  name: 'details',
  text: `select device_id, comment, poi_id, poi_appid, last_active_at, null as page_id from device
    where account_id = $1 and device_id between $2 and $3
    union all select device_id, null, null, null, null, page_id from device_page
    where account_id = $1 and device_id between $2 and $3`,
}

/** How Shenpi's first beacon UUID reads; every device of the bench lies below 2³². */
const UUID = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'

/** `/search?account=ID`: the selects of device/search with `last_seen`, and its answer. */
export function serveSearches(app: FastifyInstance, db: BaselineDatabase): void {
  app.post('/search', async ({ query, body }) => {
    const { account } = query as { account: string }
    const data = await db.read(search(Number(account), body as { last_seen: number; count: number }))
    return { data, errcode: 0, errmsg: 'success.' }
  })
}

function* search(
  accountId: number,
  { last_seen: lastSeen, count }: { last_seen: number; count: number },
): Work<object> {
  const [quota] = yield [SELECT_QUOTA, [accountId]]
  const batches = yield [SELECT_BATCHES, [accountId, lastSeen, count]]
  const devices = []
  for (const { first_device_id, last_device_id, comment, poi_id } of batches) {
    for (let id = Math.max(first_device_id, lastSeen + 1); id <= last_device_id && devices.length < count; id += 1) {
      const beacon = {
        device_id: id,
        uuid: UUID,
        major: 1 + Math.floor((id - 1) / 0xffff),
        minor: 1 + ((id - 1) % 0xffff),
      }
      devices.push({ ...beacon, comment, poi_id, status: 0, last_active_time: 0, page_ids: '' })
    }
  }
  const byId = new Map(devices.map((device) => [device.device_id, device]))
  for (const row of yield [SELECT_DETAILS, [accountId, devices[0]?.device_id, devices.at(-1)?.device_id]]) {
    const device = byId.get(row.device_id)
    if (!device) continue
    if (row.page_id !== null) {
      device.page_ids = device.page_ids ? `${device.page_ids},${row.page_id}` : String(row.page_id)
      continue
    }
    device.comment = row.comment ?? device.comment
    device.poi_id = row.poi_id ?? device.poi_id
    device.status = row.last_active_at ? 1 : 0
    device.last_active_time = Math.floor((row.last_active_at ?? 0) / 1000)
  }
  return { devices, total_count: quota.allocated }
}
