import { deviceBatches } from '@shenpi/sdk/contract/wire/device-batches'
import { devices } from '@shenpi/sdk/contract/wire/devices'
import type { ConformanceCase, Story } from '../case.ts'
import { ABSENT, each, longest, NO_NUMBERS, NO_OBJECTS, NO_TEXTS, NUL, refused, tooLong } from '../refused.ts'
import { aBatch } from '../requests.ts'
import { NOW, STORES } from '../world/named.ts'
import { UNKNOWN } from '../world/world.ts'

const { deviceApplyId, deviceApplyStatus } = deviceBatches
const { deviceSearch } = devices
const same = (body: Record<string, unknown>) => body

/** Source: docs/protocol/shakearound.md, Activation. */
const CLOSED: readonly ConformanceCase[] = (['newcomer', 'applicant'] as const).flatMap((by) => [
  ...refused(deviceApplyId, by, 9001020, [[`by the ${by}`, aBatch()]]),
  ...refused(deviceApplyStatus, by, 9001020, [[`by the ${by}`, { apply_id: 1 }]]),
  ...refused(deviceSearch, by, 9001020, [[`by the ${by}`, { type: 2, last_seen: 0, count: 50 }]]),
])

/** Source: docs/protocol/shakearound.md, device/applyid. */
const BATCHES: readonly ConformanceCase[] = [
  ...refused(deviceApplyId, 'merchant', 9001001, NO_OBJECTS),
  ...refused(deviceApplyId, 'merchant', 9001022, [
    ...each(aBatch, 'quantity', [...ABSENT, ['0', 0], ['a digit 0', '0'], ['empty', ''], ...NO_NUMBERS]),
    ['an empty object', {}],
  ]),
  ...refused(
    deviceApplyId,
    'merchant',
    9001035,
    each(aBatch, 'apply_reason', [...ABSENT, ['empty', ''], ['blank', ' '], ...NO_TEXTS, NUL, ...tooLong(100)]),
  ),
  ...refused(deviceApplyId, 'merchant', 9001034, each(aBatch, 'comment', [...NO_TEXTS, NUL, ...tooLong(15)])),
  ...refused(
    deviceApplyId,
    'merchant',
    9001033,
    each(aBatch, 'poi_id', [
      ...NO_NUMBERS,
      ['that nobody has', UNKNOWN],
      ["another account's", STORES.strangers.approved],
      ['deleted', STORES.deleted],
    ]),
  ),
  ...refused(deviceApplyId, 'merchant', 9001038, [
    ['one more than the ceiling leaves', aBatch({ quantity: '{moreThanIsLeft}' })],
    ['as many as a number holds', aBatch({ quantity: Number.MAX_SAFE_INTEGER })],
  ]),
  ...refused(deviceApplyId, 'waiting', 9001023, [['a batch is under review', aBatch()]]),
]

/** Source: docs/protocol/shakearound.md, device/applystatus. */
const STATUS: readonly ConformanceCase[] = [
  ...refused(deviceApplyStatus, 'merchant', 9001001, NO_OBJECTS),
  ...refused(deviceApplyStatus, 'merchant', 9001047, [
    ...each(same, 'apply_id', [
      ...ABSENT,
      ...NO_NUMBERS,
      ['0', 0],
      ['that was never given', UNKNOWN],
      ['the largest number', Number.MAX_SAFE_INTEGER],
      ["another account's", '{strangersBatch}'],
      ['of an application of another kind', 1],
    ]),
  ]),
]

/** A batch that is approved at once, and what device/applystatus says of it. */
const approved = (name: string, changes: Record<string, unknown>): ConformanceCase => ({
  name,
  call: deviceApplyId,
  request: aBatch(changes),
  answer: { audit_status: 2, audit_comment: 'Approved' },
  keep: { newBatch: 'apply_id' },
})

const ANSWERED: readonly ConformanceCase[] = [
  {
    name: 'a batch that was approved',
    call: deviceApplyStatus,
    request: { apply_id: '{firstBatch}' },
    answer: { apply_time: NOW, audit_comment: 'Approved', audit_status: 2, audit_time: NOW },
  },
  approved('a batch is approved at once', { poi_id: STORES.approved }),
  {
    name: 'how it stands',
    call: deviceApplyStatus,
    request: { apply_id: '{newBatch}' },
    answer: { audit_status: 2 },
  },
  approved('exactly 500 are approved at once', { quantity: 500 }),
  approved('a quantity in digits', { quantity: '003' }),
  ...longest(100).map(([name, apply_reason]) => approved(`apply_reason ${name}`, { apply_reason })),
  ...longest(15).map(([name, comment]) => approved(`comment ${name}`, { comment })),
  approved('comment absent', { comment: undefined }),
  approved('poi_id null', { poi_id: null }),
  approved('poi_id 0', { poi_id: 0 }),
  {
    name: 'more than 500 are reviewed by staff',
    call: deviceApplyId,
    request: aBatch({ quantity: 501 }),
    answer: { audit_status: 1 },
    keep: { newBatch: 'apply_id' },
  },
  {
    name: 'how the batch under review stands',
    call: deviceApplyStatus,
    request: { apply_id: '{newBatch}' },
    answer: { audit_status: 1, audit_time: 0 },
  },
  {
    name: 'a batch under review has no devices',
    call: deviceSearch,
    request: { type: 3, apply_id: '{newBatch}', last_seen: 0, count: 50 },
    answer: { devices: [] },
  },
]

const NO_CALL: ConformanceCase = {
  name: 'a path that no call has',
  call: deviceSearch,
  path: '/shakearound/device/nothing',
  request: {},
  errcode: 40066,
}

const TOO_FEW: ConformanceCase = {
  name: 'fewer than half of the devices are in use',
  call: deviceApplyId,
  by: 'stranger',
  given: 'the operator wants half of the devices to be in use',
  request: aBatch(),
  errcode: 9001021,
}

export const DEVICE_BATCHES_STORY: Story = {
  subject: 'device-batches',
  cases: [...CLOSED, ...BATCHES, ...STATUS, ...ANSWERED, NO_CALL, TOO_FEW],
}
