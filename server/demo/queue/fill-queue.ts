import { CATEGORIES } from './categories.ts'
import { DemoAccount, type DemoServer } from './demo-account.ts'
import { drawDocument, drawLicence, drawPhoto } from './drawings.ts'
import { type DemoMerchant, MERCHANTS } from './merchants.ts'

/** Of the ten merchants: those that have no shop component yet, and those that may use Shake Nearby. */
const WITHOUT_SHOP = [0, 1]
const ACTIVATED = [6, 7, 8, 9]
/** Due in three working days: longer ago than any holiday. */
const OVERDUE_DAYS = 16

/** Fill the queue, each merchant in its own account, side by side. */
export async function fillQueue(server: DemoServer): Promise<void> {
  await server.api.importCategories({ body: { third_cat_list: CATEGORIES } })
  const licences = await Promise.all(MERCHANTS.map(drawLicence))
  await Promise.all(
    MERCHANTS.map(async (merchant, number) => {
      const account = await DemoAccount.open(server, merchant, { hasShop: !WITHOUT_SHOP.includes(number) })
      const licence = licences[number] ?? (await drawLicence(merchant))
      await (ACTIVATED.includes(number)
        ? applyForDevices(account, number)
        : applyForActivation(account, number, licences))
      await applyForMore(account, number)
      if (number >= 2) await applyForCategory(account, number, licence)
      if (number >= 3 && number <= 7) await account.applyForBrand(licence, await trademark(merchant, number), number)
      if (number < 2) await account.wire.shopAccess.registerApply()
      if (number >= 6 && number <= 8) await account.wire.shopAccess.applyScene({ scene_group_id: 3 })
      // The seventh shop shows the photo of the fourth, smaller: the two look alike.
      if (number < 7)
        await account.addStore(await (number === 6 ? drawPhoto('海盐烘焙', 3, 700) : photoOf(merchant, number)), number)
    }),
  )
}

const photoOf = ({ shop }: DemoMerchant, number: number) =>
  drawPhoto(shop.replace(/（.*/, ''), number === 3 ? 3 : number)

async function applyForActivation(account: DemoAccount, number: number, licences: readonly Buffer[]): Promise<void> {
  const { merchant } = account
  if (number === 4) {
    const { person, phone, email, industry, shop } = merchant
    const payload = { name: person, phone_number: phone, email, industry_id: industry, apply_reason: `${shop}部署设备` }
    await account.submitEarlier('account_activation', payload, OVERDUE_DAYS)
    return
  }
  if (number === 5) {
    // A reuse: the licence of another merchant, picture and number.
    const creditCode = MERCHANTS[1]?.creditCode
    await account.register({ apply_reason: `门店部署设备，执照号 ${creditCode}` }, licences[1])
    return
  }
  await account.register(number === 0 ? { name: '青禾客服', apply_reason: '需要设备。' } : {})
  if (number !== 0) return
  const reason = '联系人请填写经办人真实姓名；申请理由请写明门店和设备用途。'
  await account.decide('account_activation', { move: 'reject', reason, fields: ['name', 'apply_reason'] })
  await account.register()
}

async function applyForDevices(account: DemoAccount, number: number): Promise<void> {
  const { shop } = account.merchant
  await account.register()
  await account.decide('account_activation', { move: 'approve' })
  const quantity = 500 + 250 * number
  const apply_reason = `${shop}各楼层导购与优惠券推送`
  if (number === 9) {
    const payload = { quantity, apply_reason, comment: '门店', poi_id: 0 }
    await account.submitEarlier('device_batch', payload, OVERDUE_DAYS + 1)
  } else await account.wire.deviceBatches.deviceApplyId({ quantity, apply_reason, comment: '门店' })
}

async function applyForMore(account: DemoAccount, number: number): Promise<void> {
  if (number > 4) return
  const quantity = 2000 * (number + 1)
  const purpose = `${account.merchant.company}计划新增${number + 2}家门店，每家约需${1000 + 100 * number}个设备。`
  if (number === 3) await account.submitEarlier('device_quota', { quantity, purpose }, OVERDUE_DAYS + 2)
  else await account.applyForQuota(quantity, purpose)
}

async function applyForCategory(account: DemoAccount, number: number, licence: Buffer): Promise<void> {
  const { company, permit } = account.merchant
  const document = (until: string) =>
    drawDocument(permit, [`持有人　${company}`, `编号　SP${33010600 + number}`, `有效期至　${until}`])
  if (number === 2) {
    await account.applyForCategory(licence, await document('2021年3月31日'))
    const reason = `${permit}已过有效期，请上传有效期内的${permit}。`
    await account.decide('category_qualification', { move: 'reject', reason, fields: ['certificate'] })
  }
  await account.applyForCategory(licence, await document('2029年3月31日'))
}

const trademark = ({ brand, company }: DemoMerchant, number: number) =>
  drawDocument('商标注册证', [
    `商标　${brand}`,
    `注册人　${company}`,
    `注册号　${50_000_001 + 1313 * number}`,
    '有效期至　2031年6月30日',
  ])
