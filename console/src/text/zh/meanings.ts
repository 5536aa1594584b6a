import type { WireProblemCode } from '@shenpi/sdk/contract/problems'

/** What each refusal of the wire means and what to do, as docs/errors.md says it in English. */
export const meanings: Readonly<Record<WireProblemCode, string>> = {
  'system.unavailable':
    '服务器未能完成处理：数据库或磁盘出错，或因其他图片排队，等了 20 秒仍未轮到解码（errmsg 会说明）。没有任何更改，除非恰好在提交的瞬间与 PostgreSQL 断开。请先查询，或稍后重试；原因见服务器日志。',
  'path.unknown': '没有这个接口，或 Shenpi 尚未提供。请核对路径：区分大小写；除开头以外，斜杠多一个或少一个都不行。',
  'method.get_required': '此接口只接受 GET。请改用 GET，参数照样放在 URL 里。',
  'method.post_required': '此接口只接受 POST。请把参数放进 POST 的请求体。',
  'scheme.not_https': '调用时用了明文 HTTP，而管理员要求使用 HTTPS（REQUIRE_HTTPS）。请改用 https:// 调用同一路径。',
  'body.empty': '此接口需要 JSON，而请求体为空。没有参数时请发送 {}。',
  'body.unparsable':
    '请求体不是 UTF-8 编码的 JSON，或嵌套超过 32 层；上传时则是 multipart 表单不完整，或超过 40 个部分。请检查是否有注释、多余的逗号、其他编码，或缺少 boundary。',
  'body.too_large':
    'JSON 超过 1 MB（尚未确认调用者身份时为 16 KB），或字段和列表项多于此接口能用到的数量。errmsg 写明实际大小和上限。请减少内容。',
  'body.charset_invalid':
    '文本中有单独出现的半个代理对（例如 \\ud800），不是有效的 Unicode，既不能保存也不能转发。errmsg 指出是哪个字段。截断文本时，请不要从一个字符的中间切开。',
  'upload.too_large':
    '上传的文件（或导入沙盒的文件）超过 10 MB（10,485,760 字节），或小商店图片超过 2 MB（2,097,152 字节）。errmsg 写明上限，能得知时也写明实际大小。请压缩图片后再传。',

  'token.missing': 'URL 参数中没有 access_token。令牌只从 URL 参数读取，放在请求头或请求体里无效。',
  'token.invalid': '令牌不存在，或已被新的令牌取代，或因更换密钥而失效。请重新获取。',
  'token.expired': '令牌已超过 7200 秒的有效期。请重新获取。',
  'token.refresh_quota': '今天（北京时间）已强制刷新稳定版令牌 20 次。请去掉 force_refresh，或等到零点以后再试。',
  'credential.appid_missing':
    '获取令牌时没有提供 appid，或它不是文本。调用 token 时放在 URL 参数里，调用 stable_token 时放在请求体里。',
  'credential.appid_invalid': '没有账号使用这个 appid。请核对，注意区分大小写。',
  'credential.secret_missing': '获取令牌时没有提供 secret，或它不是文本。请与 appid 一起发送。',
  'credential.secret_invalid': '密钥与账号不符，可能已经更换。请核对，或请管理员生成新的密钥。',
  'credential.tries_exceeded':
    '这个来源 IP（IPv6 按 /64 计）用错误的密钥尝试了这个 appid 20 次，没有一次正确。此后每分钟只校验一次，直到密钥正确或过了一小时；其他 IP 和其他 appid 不受影响。请核对密钥，一分钟后再试。',
  'credential.secret_frozen':
    '密钥正确，但已被管理员冻结；已有的令牌仍然有效。请联系管理员更换密钥，或用 shenpi account state 解冻。',
  'account.frozen':
    '账号已被管理员冻结，所有调用都会被拒绝。请联系管理员（shenpi account state）；解冻后，原有的令牌继续有效。',
  'account.not_verified': '账号尚未认证，认证后才能申请开通摇一摇。请联系管理员（shenpi account state）。',
  'credential.grant_type_invalid': '没有提供 grant_type，或取值不对：只能是 client_credential。',

  'shake.request_invalid':
    '请求体是 JSON 但不是对象，或某个没有专用错误码的字段取值不对，例如 device/search 的 type 和 count。请按接口文档核对字段。',
  'account.not_activated':
    '账号尚未开通摇一摇。请用 account/register 提交申请，并等待通过。首次申请之前，account/auditstatus 也会返回这个错误。',
  'activation.closed': '账号已有申请在审核中，或已经开通。只有被驳回后才能再次申请。',
  'contact.name_invalid': '缺少 name，或它只有空白，或超过 20 个汉字（40 个字母）。',
  'contact.phone_invalid': '缺少 phone_number，或它不像电话号码。请以文本发送，不要用数字类型。',
  'contact.email_invalid': '缺少 email，或其中没有 @，或超过 254 个字符。生产环境还要求域名完整。',
  'industry.invalid': 'industry_id 不在已公布的行业代码之内。它是四位数字的文本，开头的零不能省略。',
  'certificate.url_invalid':
    'qualification_cert_urls 中有链接不是本账号用 material/add（type=license）上传所得。请先上传资质图片，再填写返回的 pic_url。',
  'certificate.missing': '该行业要求提供资质，而申请中没有。请至少上传一张资质图片。',
  'activation.reason_too_long': 'apply_reason 不是文本，或超过 250 个汉字（500 个字母）。',
  'material.file_missing': '请求中没有文件，或文件为空。请用 multipart/form-data 发送，文件所在部分的名称为 media。',
  'material.type_invalid':
    '按内容判断，文件不是 JPEG、PNG 或 GIF，与声明的类型无关（errmsg 写明实际是什么）；或者 type 既不是 icon 也不是 license。',
  'material.size_invalid': '图片超过 2 MB，或图标不是正方形，或宽度超过 200 像素；errmsg 写明是哪一种。请调整后再传。',
  'material.unreadable':
    '图片无法解码：不完整、已损坏，或超出对图片的某项限制（errmsg 写明是哪一项）。请重新保存后再传。',

  'batch.quantity_invalid': '缺少 quantity，或它不是整数，或小于 1。',
  'batch.under_review': '账号已有一批设备 ID 的申请在审核中。请等它有结果后，再申请下一批。',
  'batch.too_few_active':
    '已有的设备要有一定比例投入使用，才能申请更多（ACTIVE_DEVICES_MIN）。请先让更多设备被摇到，再来申请。',
  'batch.invalid': '缺少 apply_reason，或它只有空白，或超过 100 个汉字（200 个字母）。',
  'batch.unknown': '缺少 apply_id，或本账号没有这个批次。',
  'device.comment_too_long': 'comment 不是文本，或超过 15 个汉字（30 个字母）。',
  'device.too_many': 'device_identifiers 超过 50 台设备，或 count 大于 50。请分几次查询。',
  'device.invalid': '没有指明设备，或设备标识不完整，或其中有设备不属于本账号；这时一台设备也不返回。请核对设备标识。',
  'device.quota_exceeded': '现有的设备加上 quantity 超过了账号的设备上限。请减少数量，或请管理员提高上限。',
  'store.invalid': 'poi_id 不是整数，或本账号没有这个门店。0 表示不关联门店。',
  'page.invalid': '缺少 page_id，或本账号没有这个页面，或 page_ids 中有页面不属于本账号；这时不返回也不更改任何页面。',
  'page.parameters_invalid': '页面的标题、描述或链接缺失、过长或不是网址，或图标不是本账号用 material/add 上传的。',
  'page.too_many_deleted': '一次 page/delete 超过了 10 个页面。请分几次删除。',
  'page.in_use': '其中有页面仍绑定着设备，因此一个也没有删除。请先用 device/bindpage 解除绑定。',
  'page.too_many': 'page_ids 超过 50 个页面，或 count 大于 50。请分几次查询。',
  'binding.invalid': '缺少 page_ids，或 bind、append 不是 0 或 1。',
  'binding.too_many_pages': '指定的页面超过 30 个，或绑定后该设备的页面会超过 30 个。请先解除一部分绑定。',
  'group.too_many': '账号已有 1,000 个分组。请先删除一个。',
  'group.full': '加入后，分组中的设备会超过 10,000 台。请把其余的放进另一个分组。',
  'group.too_many_added': '一次 device/group/adddevice 超过了 1,000 台设备。请分几次添加。',
  'group.too_many_removed': '一次 device/group/deletedevice 超过了 1,000 台设备。请分几次移除。',
  'group.not_empty': '分组中还有设备，只有空的分组才能删除。请先用 device/group/deletedevice 移除设备。',
  'group.name_invalid': '缺少 group_name，或它只有空白，或超过 100 个汉字（200 个字母）。',
  'group.device_unknown':
    '要移除的设备中，有的不在该分组里，因此一台也没有移除。请用 device/group/getdetail 查看分组中的设备。',
  'group.unknown': '缺少 group_id，或本账号没有这个分组。',
  'ticket.invalid': '缺少 ticket，或它不存在，或已经过期。请使用新一次摇动得到的 ticket。',
  'statistics.range_invalid': '缺少日期，或时间范围太长，或距今太久。请缩短范围，或查询较近的日期。',

  'lottery.logo_missing':
    '要为红包活动生成页面（use_template 为 1），而 URL 参数中没有 logo_url。请填写 logo_url，或把 use_template 改为 2。',
  'lottery.sponsor_foreign': 'sponsor_appid 不是调用方账号的 appid。红包活动只能发放本账号的红包。',
  'lottery.time_invalid': '红包活动的结束时间早于开始时间，或持续超过 91 天，或已经结束。',
  'lottery.unknown': '缺少 lottery_id，或本账号没有这个红包活动；或者摇到的页面不是为红包活动生成的。',
  'lottery.too_many_packets':
    '一次录入的 ticket 超过 100 个，或一个红包活动超过 100,000 个，或超过了 total 余下的数量。没有录入任何红包。',
  'lottery.sponsor_wrong':
    'sponsor_appid 与预下单的 wxappid 不同。红包是以调用方账号的 appid 预下单的，请填写这个 appid。',
  'lottery.none_valid':
    '没有一个 ticket 可以录入：都已过期、已使用或不存在，或金额、授权不对。如果全部都已在红包活动中，则不算错误，而是列在 repeat_ticket_list 里。',
  'lottery.over': '红包活动已经结束，余下的红包不能再抽取。请另建一个活动。',
  'paging.begin_invalid': 'begin 或 last_seen 不是大于等于 0 的整数。',

  'shop.parameter_missing':
    '缺少必填字段，或该字段为空；errmsg 指出是哪一个。有的字段是否必填取决于其他字段（例如品牌申请），有的类目还要求资质材料。',
  'shop.parameter_too_long': '文本或列表超过了上限，或类目级别不是最多 10 位的数字；errmsg 指出是哪个字段。',
  'shop.parameter_invalid': '请求体是 JSON 但不是对象，或某个没有专用错误码的字段取值不对；errmsg 指出是哪一个。',
  'category.unknown': '没有这个类目，或三级类目之间不是上下级关系。请用 cat/get 读取类目树。',
  'category.not_third_level': 'level3 填的是一级或二级类目。请填写三级类目。',
  'category.granted': '账号已有这个类目，无需再申请。',
  'category.under_review': '账号对这个类目的申请正在审核中。请等待结果。',
  'category.free': '这个类目不需要资质，所有账号都可以使用，无需申请。',
  'scene.not_open':
    'audit_category 的 scene_group_list 中，有场景尚未对本账号开放。请去掉它，或用 register/apply_scene 申请；场景 1 对所有账号开放。',
  'scene.not_open_for_brand':
    'audit_brand 的 scene_group_list 中，有场景尚未对本账号开放。请去掉它，或用 register/apply_scene 申请；场景 1 对所有账号开放。',
  'audit.unknown': '本账号没有 audit_id 对应的类目申请或品牌申请。',
  'picture.link_invalid': '图片既不是 http 或 https 链接，也不是 media_id。链接最多 2048 个字符，并且不能带密码。',
  'picture.media_id_unknown': '本账号没有 media_id 对应的图片。请用 img/upload 上传。',
  'picture.missing':
    '请求中没有文件，或文件为空。请用 multipart/form-data 发送，文件所在部分的名称为 media；或把 upload_type 设为 1，提供图片链接。',
  'picture.type_invalid':
    '按内容判断，文件不是 JPEG 或 PNG（门店图片只能是 JPEG），与声明的类型无关。errmsg 写明实际是什么。',
  'picture.unfetchable':
    '链接未能在 5 秒、3 次跳转之内以状态 200 返回，或图片超过 2 MB，或地址不在公网。errmsg 写明对方的返回；没有连上的链接不作说明，以免被用来探测内网。请直接上传文件。',
  'picture.unreadable':
    '图片无法解码，或不是 JPEG 或 PNG，或超出对图片的某项限制；errmsg 写明是哪一种。请重新保存后再传。',
  'brand.granted': '账号已有这个品牌（名称和编号都相同），无需再申请。',
  'brand.under_review': '账号对这个品牌的申请正在审核中。请等待结果。',
  'brand.free': 'brand_management_type 为 3，即无品牌商品，使用品牌 ID 2100000000 即可，无需申请。',
  'certificate.none':
    '没有记录小程序注册时提交的这类资质。请按申请的要求上传，或请管理员用 shenpi account certificates 登记。',
  'shop.not_open': '账号尚未开通小商店组件，而此接口只供已开通的账号使用。请用 register/apply 申请，通过后再调用。',
  'shop.banned': '管理员已禁止账号使用小商店组件。请联系管理员，可用 shenpi account shop 恢复。',
  'shop.not_connected': '账号尚未开通小商店组件。请用 register/apply 申请，并等待结果。管理员只能关闭已经开通的组件。',
  'shop.connected': '账号已经开通小商店组件，无需申请。',
  'shop.registration_under_review': '账号的 register/apply 申请正在审核中。请等待结果。',
  'scene.under_review': '账号对这个场景的申请正在审核中。请等待结果。',
  'scene.granted': '这个场景已经通过，无需再申请。',

  'store.categories_invalid': 'categories 缺失或为空，或超过 10 项，或其中有一项为空、过长或多于 4 级。',
  'store.photo_invalid': '缺少 photo_url，或它不是本账号用 media/uploadimg 上传所得的链接。请先上传图片。',
  'store.not_approved': '门店正在审核中，或已被驳回。只有审核通过的门店才能修改。',
  'store.updating': '门店的修改正在审核中。请等待结果。',
  'store.name_invalid': 'business_name 缺失或为空，或超过 100 个字符。',
  'store.address_invalid': 'address 缺失或为空，或超过 200 个字符。',
  'store.telephone_invalid':
    '缺少 telephone，或它不是 5 至 32 位的数字和短横线（前面可带 +）。请以文本发送，不要用数字类型。',
  'store.city_invalid': 'city 缺失或为空，或超过 50 个字符。',
  'store.province_invalid': 'province 缺失或为空，或超过 50 个字符。直辖市填写城市名称。',
  'store.photos_missing': 'photo_list 缺失或为空，或不是列表，或超过 20 张图片。',
  'store.unknown': '缺少 poi_id，或本账号没有这个门店。',
  'store.deleted': '门店已被删除。如需恢复，请重新添加，会得到另一个 poi_id。',
  'store.under_review': '门店或它的修改正在审核中，暂不能删除。请等待结果；被驳回的门店可以删除。',
  'media.missing': '请求中没有文件，或文件为空。请用 multipart/form-data 发送，文件所在部分的名称为 buffer 或 media。',
  'media.size_invalid': '图片超过 1 MB（1,048,576 字节）；errmsg 写明实际大小。请压缩后再传。',

  'ip.not_allowed':
    '调用方的 IP（见 errmsg）不在账号的 IP 白名单中。请从名单中的地址调用，或请管理员用 shenpi account limits 添加。',
  'quota.daily': '账号今天对此接口的调用次数已用完。请等到北京时间零点，或调用 clear_quota 清零，或请管理员提高上限。',
  'quota.minute': '一分钟之内对此接口调用太多。请放慢调用；下一分钟重新计数。',
  'quota.burst':
    '账号在一秒之内对某个 /shop 接口调用太多；或正在抓取的链接超过 10 个，或等待域名解析的请求超过 256 个，或其中一个已等了 10 秒；或等待解码的图片超过 40、20 或 5 张（视解码的开销而定）。除第一种外，errmsg 都写明原因。请把调用错开。',
  'account.busy':
    '同一账号的更改逐个进行，而已有 1000 个在等待，或这一个已等了 10 秒（errmsg 写明是哪一种）。没有任何更改。请减少并发，然后重试。',
  'quota.reset_limit': '账号本月（北京时间）的十次清零机会已用完。请等到零点，当天的调用次数会重新计算；或等到下个月。',
  'quota.path_unknown': '缺少 cgi_path，或没有这个接口。请填写以斜杠开头的路径，不带域名和 URL 参数。',
  'quota.path_uncounted': '此接口不计调用次数，因此没有额度可查。',
  'rid.unknown':
    '没有保存这个 rid 的请求。保存的是被拒绝的请求，在沙盒中则是所有请求；由另一台服务器处理的，一秒之后才能查到。',
  'rid.malformed': '缺少 rid，或它不是三组、每组八位的小写十六进制数。请照 errmsg 末尾的写法填写。',
  'rid.foreign': '这个请求属于另一个账号。请用那个账号的令牌查询。',
  'rid.expired': '这个请求是 7 天以前的，而请求只保存 7 天。',
  'fault.malformed':
    '无法读取所要求的故障：X-Shenpi-Fault 的内容或某个字段写错了，errmsg 指出是哪里。没有设置故障（仅限沙盒）。',
  'outcome.malformed': '文本或 X-Shenpi-Outcome 中要求了审核结果，但写法不对，errmsg 指出是哪里（仅限沙盒）。',
}
