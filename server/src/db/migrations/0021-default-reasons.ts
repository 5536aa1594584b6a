import { type Kysely, sql } from 'kysely'

/** Kind, move, fields; title and text in Chinese, then in English. */
type DefaultReason = readonly [string, string, readonly string[], string, string, string, string]

const DEFAULT_REASONS: readonly DefaultReason[] = [
  [
    ...(['account_activation', 'reject', ['qualification_cert_urls']] as const),
    ...([
      '证照不清晰',
      '{field}不清晰或不完整，无法核对。请上传原件的彩色照片或扫描件，四角完整、文字可辨，然后重新提交。',
    ] as const),
    ...([
      'Document not legible',
      '{field} cannot be read or is cut off. Upload a colour photo or scan of the original with all four corners and legible text, then apply again.',
    ] as const),
  ],
  [
    ...(['account_activation', 'reject', ['qualification_cert_urls']] as const),
    ...(['证照已过期', '所提供的证照已于{date}到期。请上传有效期内的证照后重新提交。'] as const),
    ...(['Document expired', 'The document ended on {date}. Upload one that is valid now, then apply again.'] as const),
  ],
  [
    ...(['account_activation', 'reject', ['industry_id', 'qualification_cert_urls']] as const),
    ...([
      '证照与行业不符',
      '所选行业需要相应的许可证，所提供的证照与该行业不符。请改选实际经营的行业，或上传该行业要求的许可证。',
    ] as const),
    ...([
      'Document does not fit the industry',
      'The chosen industry needs a licence of its own, and the document is not one. Choose the industry that you are in, or upload the licence that it requires.',
    ] as const),
  ],
  [
    ...(['account_activation', 'reject', ['name', 'phone_number', 'email']] as const),
    ...(['联系人无法核实', '按所填的{field}未能联系到贵方。请填写工作时间可以联系到的联系人及其电话、邮箱。'] as const),
    ...([
      'Contact not reached',
      'We could not reach you by {field}. Give a person who can be reached during working hours, with phone and e-mail.',
    ] as const),
  ],
  [
    ...(['account_activation', 'reject', ['apply_reason']] as const),
    ...(['用途说明不足', '申请理由未说明摇一摇周边的使用场景。请写明使用地点、活动内容和大致设备数量。'] as const),
    ...([
      'Purpose unclear',
      'The reason does not say what Shake Nearby will be used for. Tell where it will be used, for what, and with about how many devices.',
    ] as const),
  ],
  [
    ...(['device_batch', 'reject', ['quantity', 'apply_reason']] as const),
    ...([
      '数量与用途不符',
      '申请的设备数量明显多于所述用途需要的数量。请按门店或场地的实际需要填写数量，或在申请理由中说明依据。',
    ] as const),
    ...([
      'Quantity does not fit the purpose',
      'The number of devices is far more than the purpose needs. Ask for what your places really need, or explain the number in the reason.',
    ] as const),
  ],
  [
    ...(['device_batch', 'reject', ['apply_reason']] as const),
    ...(['申请理由过于简单', '申请理由过于简单，无法判断用途。请写明安装地点、用途和计划的安装时间。'] as const),
    ...([
      'Reason too short',
      'The reason is too short to tell what the devices are for. Tell where, what for and when they will be installed.',
    ] as const),
  ],
  [
    ...(['device_batch', 'reject', ['quantity']] as const),
    ...(['已有设备尚未使用', '贵方已有较多设备未激活。请先配置并使用已有设备，再按需要申请。'] as const),
    ...([
      'Existing devices unused',
      'Many of your devices are not in use yet. Set those up first, then apply for what is still missing.',
    ] as const),
  ],
  [
    ...(['device_batch', 'reject', ['poi_id']] as const),
    ...(['门店关联有误', '所关联的门店与申请理由中的安装地点不一致。请改正门店后重新提交。'] as const),
    ...([
      'Wrong store',
      'The store is another place than the one in the reason. Correct the store, then apply again.',
    ] as const),
  ],
  [
    ...(['device_quota', 'reject', ['purpose']] as const),
    ...(['增加额度的依据不足', '用途说明不足以支持所申请的额度。请补充门店或场地清单及各处所需的设备数量。'] as const),
    ...([
      'Ground for more devices missing',
      'The purpose does not support that many devices. Add a list of places with the devices that each needs.',
    ] as const),
  ],
  [
    ...(['device_quota', 'reject', ['quantity']] as const),
    ...(['申请额度过高', '一次增加的额度过高。请按近期的实施计划分批申请。'] as const),
    ...([
      'Too many at once',
      'That is too many devices at once. Apply in steps, by your plan for the near future.',
    ] as const),
  ],
  [
    ...(['category_qualification', 'reject', ['license']] as const),
    ...([
      '营业执照不清晰',
      '营业执照不清晰或不完整。请上传正本或副本的彩色照片或扫描件，编号、名称、印章须清晰可辨。',
    ] as const),
    ...([
      'Business licence not legible',
      'The business licence cannot be read or is cut off. Upload a colour photo or scan of the original or its duplicate with number, name and seal legible.',
    ] as const),
  ],
  [
    ...(['category_qualification', 'reject', ['license']] as const),
    ...([
      '经营范围不含该类目',
      '营业执照的经营范围不包含所申请的类目。请变更经营范围后再申请，或改选经营范围内的类目。',
    ] as const),
    ...([
      'Category outside the business scope',
      'The business scope of the licence does not cover the category. Have it changed first, or choose a category within it.',
    ] as const),
  ],
  [
    ...(['category_qualification', 'reject', ['certificate']] as const),
    ...(['资质已过期', '所提供的资质已于{date}到期。请上传有效期内的资质后重新提交。'] as const),
    ...([
      'Qualification expired',
      'The qualification ended on {date}. Upload one that is valid now, then apply again.',
    ] as const),
  ],
  [
    ...(['category_qualification', 'reject', ['certificate']] as const),
    ...(['资质与类目不符', '所提供的资质不是该类目所要求的资质。请按类目要求上传相应的许可证或备案凭证。'] as const),
    ...([
      'Qualification does not fit',
      'The document is not the one that the category asks for. Upload the licence or record that it requires.',
    ] as const),
  ],
  [
    ...(['category_qualification', 'reject', ['license', 'certificate']] as const),
    ...([
      '主体不一致',
      '{field}上的主体名称与账号主体不一致。请上传与账号主体一致的证照，或补充授权关系的证明。',
    ] as const),
    ...([
      'Another holder',
      '{field} names another holder than the account. Upload documents of the account’s own firm, or proof of the authorisation.',
    ] as const),
  ],
  [
    ...(['brand_qualification', 'reject', ['trademark_registration_certificate', 'trademark_registrant_nu']] as const),
    ...(['商标注册号不一致', '所填商标注册号与商标注册证不一致。请核对后重新提交。'] as const),
    ...([
      'Trademark number differs',
      'The trademark number differs from the certificate. Check it, then apply again.',
    ] as const),
  ],
  [
    ...(['brand_qualification', 'reject', ['trademark_authorization_period']] as const),
    ...(['商标已过有效期', '商标专用权已于{date}到期。请提供续展证明后重新提交。'] as const),
    ...([
      'Trademark expired',
      'The trademark ended on {date}. Send the proof of its renewal and apply again.',
    ] as const),
  ],
  [
    ...(['brand_qualification', 'reject', ['sale_authorization']] as const),
    ...([
      '缺少销售授权',
      '商标注册人与账号主体不一致，且未提供完整的销售授权。请上传从商标注册人到账号主体的逐级授权书，盖章并在有效期内。',
    ] as const),
    ...([
      'Sales authorisation missing',
      'The trademark belongs to somebody else and the authorisation is incomplete. Upload the sealed, valid authorisations from the registrant down to you.',
    ] as const),
  ],
  [
    ...(['brand_qualification', 'reject', ['imported_goods_form']] as const),
    ...(['缺少进口报关单', '所售为进口商品，请上传近一年内的报关单，商品名称和品牌须可辨认。'] as const),
    ...([
      'Customs form missing',
      'The goods are imported. Upload a customs form of the last year on which goods and brand can be read.',
    ] as const),
  ],
  [
    ...(['brand_qualification', 'reject', ['brand_wording', 'trademark_registration_certificate']] as const),
    ...(['品牌名称与商标不符', '所填品牌名称与商标注册证上的商标不一致。请按商标注册证填写。'] as const),
    ...([
      'Brand differs from the trademark',
      'The brand’s name differs from the trademark on the certificate. Write it as it stands there.',
    ] as const),
  ],
  [
    ...(['brand_qualification', 'reject', ['trademark_registration_application']] as const),
    ...([
      '商标尚未受理',
      '所提供的商标注册申请未显示受理通知或申请未满要求的时间。请在取得受理通知书后重新提交。',
    ] as const),
    ...([
      'Trademark application not accepted',
      'The trademark application shows no notice of acceptance, or is too recent. Apply again with the notice.',
    ] as const),
  ],
  [
    ...(['shop_registration', 'reject', []] as const),
    ...(['尚不符合开通条件', '小程序目前不符合开通条件。请先完成小程序认证并完善服务类目，再重新申请。'] as const),
    ...([
      'Conditions not met',
      'The mini program does not meet the conditions yet. Have it verified and complete its service categories, then apply again.',
    ] as const),
  ],
  [
    ...(['shop_registration', 'reject', []] as const),
    ...(['存在未处理的违规', '账号存在未处理完毕的违规记录。请处理完毕后重新申请。'] as const),
    ...([
      'Open irregularities',
      'The account has irregularities that are not settled. Settle them, then apply again.',
    ] as const),
  ],
  [
    ...(['shop_scene', 'reject', ['scene_group_id']] as const),
    ...(['场景与经营内容不符', '所申请的场景与当前经营内容不符。请先上架相应的商品或服务，再申请该场景。'] as const),
    ...([
      'Scene does not fit',
      'The scene does not fit what you offer now. Offer fitting goods or services first, then apply for it.',
    ] as const),
  ],
  [
    ...(['store', 'reject', ['photo_list']] as const),
    ...([
      '门店照片不符合要求',
      '门店照片不清晰或未拍到门头。请上传近期拍摄的门头照和店内照，招牌文字须清晰。',
    ] as const),
    ...([
      'Photos not suitable',
      'The photos are unclear or do not show the front. Upload recent photos of front and inside, with the sign legible.',
    ] as const),
  ],
  [
    ...(['store', 'reject', ['province', 'city', 'district', 'address', 'location']] as const),
    ...(['地址与定位不一致', '所填{field}与地图定位不一致。请填写详细地址并重新标注位置。'] as const),
    ...([
      'Address and position differ',
      '{field} does not match the position on the map. Give the full address and mark the position again.',
    ] as const),
  ],
  [
    ...(['store', 'reject', ['business_name', 'photo_list']] as const),
    ...(['名称与招牌不符', '门店名称与照片中的招牌不一致。请按招牌填写名称，分店名请填在分店名一栏。'] as const),
    ...([
      'Name differs from the sign',
      'The store’s name differs from the sign in the photo. Write it as on the sign, and the branch in its own field.',
    ] as const),
  ],
  [
    ...(['store', 'reject', ['telephone']] as const),
    ...(['电话无法接通', '门店电话多次无法接通。请填写营业时间可以接听的电话。'] as const),
    ...([
      'Phone not answered',
      'The store’s phone was not answered several times. Give one that is answered during opening hours.',
    ] as const),
  ],
  [
    ...(['store', 'reject', ['categories', 'photo_list']] as const),
    ...(['类目与门店不符', '所选类目与门店照片显示的经营内容不符。请改选相应的类目。'] as const),
    ...([
      'Category differs from the store',
      'The categories do not fit what the photos show. Choose the fitting ones.',
    ] as const),
  ],
  [
    ...(['store', 'reject', ['business_name', 'address']] as const),
    ...(['门店重复', '该门店已经存在。请修改已有门店，不要重复提交。'] as const),
    ...(['Store exists already', 'This store exists already. Change the existing one instead.'] as const),
  ],
]

const text = (value: string) => sql.lit(value)

/** A library of reasons to begin with, in the order of their numbers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const heads = DEFAULT_REASONS.map(([kind, move]) => sql`(${text(kind)}, ${text(move)})`)
  await sql`insert into review_reason (kind, move) values ${sql.join(heads)}`.execute(db)
  const versions = DEFAULT_REASONS.map(([, , fields, titleZh, textZh, titleEn, textEn], index) => {
    const says = [titleZh, titleEn, textZh, textEn, JSON.stringify(fields)].map(text)
    return sql`(${sql.lit(index + 1)}, 1, ${sql.join(says)}, 0, 'server', 1795824000000)`
  })
  await sql`insert into review_reason_version
    (reason_no, version, title_zh, title_en, text_zh, text_en, fields, retired, actor, at)
    values ${sql.join(versions)}`.execute(db)
}
