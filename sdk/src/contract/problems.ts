/** One row a refusal: what the native API and the WeChat-compatible wire say of it. */
export interface ProblemRow {
  /** HTTP status in the native API. */
  status: number
  /** Number on the wire; a row without one cannot arise there. Source: docs/protocol/. */
  errcode?: number
  /** The wire's `errmsg` before its rid, and the native API's `title`. */
  message: string
}

/** Every way a request can be refused, with both dialects in the row. A released code never changes its meaning. */
export const PROBLEMS = {
  // Any call
  'system.unavailable': { status: 503, errcode: -1, message: 'system error' },
  'path.unknown': { status: 404, errcode: 40066, message: 'invalid url' },
  'method.get_required': { status: 405, errcode: 43001, message: 'require GET method' },
  'method.post_required': { status: 405, errcode: 43002, message: 'require POST method' },
  'scheme.not_https': { status: 403, errcode: 43003, message: 'require https' },
  'body.empty': { status: 400, errcode: 44002, message: 'empty post data' },
  'body.unparsable': { status: 400, errcode: 47001, message: 'data format error' },
  'body.too_large': { status: 413, errcode: 40035, message: 'invalid args size' },
  'body.charset_invalid': { status: 400, errcode: 40033, message: 'invalid charset' },
  'upload.too_large': { status: 413, errcode: 40006, message: 'invalid meida size' },

  // Credentials and tokens
  'token.missing': { status: 401, errcode: 41001, message: 'access_token missing' },
  'token.invalid': {
    status: 401,
    errcode: 40001,
    message: 'invalid credential, access_token is invalid or not latest',
  },
  'token.expired': { status: 401, errcode: 42001, message: 'access_token expired' },
  'token.refresh_quota': { status: 429, errcode: 45009, message: 'reach max api daily quota limit' },
  'credential.appid_missing': { status: 400, errcode: 41002, message: 'appid missing' },
  'credential.appid_invalid': { status: 401, errcode: 40013, message: 'invalid appid' },
  'credential.secret_missing': { status: 400, errcode: 41004, message: 'appsecret missing' },
  'credential.secret_invalid': { status: 401, errcode: 40125, message: 'invalid appsecret' },
  'credential.tries_exceeded': {
    status: 429,
    errcode: 45011,
    message: 'api minute-quota reach limit, must slower, retry next minute',
  },
  'credential.secret_frozen': { status: 403, errcode: 40243, message: 'appsecret frozen' },
  'credential.grant_type_invalid': { status: 400, errcode: 40002, message: 'invalid grant_type' },

  'account.frozen': { status: 403, errcode: 50007, message: 'account frozen' },

  // Shake Nearby
  'account.not_verified': { status: 403, errcode: 9001046, message: 'the account is not verified' },
  'shake.request_invalid': { status: 400, errcode: 9001001, message: 'invalid POST parameters' },
  'account.not_activated': {
    status: 403,
    errcode: 9001020,
    message: 'invalid account: Shake Nearby is not open for it',
  },
  'activation.closed': {
    status: 409,
    errcode: 9001048,
    message: 'an application is under review or approved, it cannot be submitted again',
  },
  'contact.name_invalid': { status: 422, errcode: 9001039, message: 'invalid contact name' },
  'contact.phone_invalid': { status: 422, errcode: 9001040, message: 'invalid contact phone number' },
  'contact.email_invalid': { status: 422, errcode: 9001041, message: 'invalid contact email' },
  'industry.invalid': { status: 422, errcode: 9001042, message: 'invalid industry id' },
  'certificate.url_invalid': {
    status: 422,
    errcode: 9001043,
    message: 'invalid certificate url, upload the picture with material/add first',
  },
  'certificate.missing': { status: 422, errcode: 9001044, message: 'certificate missing, the industry needs one' },
  'activation.reason_too_long': {
    status: 422,
    errcode: 9001045,
    message: 'apply_reason is longer than 250 Chinese characters or 500 letters',
  },
  'material.file_missing': { status: 400, errcode: 9001007, message: 'upload: file missing' },
  'material.type_invalid': { status: 422, errcode: 9001008, message: 'upload: invalid file type' },
  'material.size_invalid': { status: 422, errcode: 9001009, message: 'upload: invalid dimension or size' },
  'material.unreadable': { status: 422, errcode: 9001010, message: 'upload failed, the picture cannot be read' },

  // Devices
  'batch.quantity_invalid': { status: 422, errcode: 9001022, message: 'quantity must be a number above 0' },
  'batch.under_review': {
    status: 409,
    errcode: 9001023,
    message: 'an application for device ids is already under review',
  },
  'batch.too_few_active': {
    status: 409,
    errcode: 9001021,
    message: 'too few of the existing devices are activated for new ones',
  },
  'batch.invalid': { status: 422, errcode: 9001035, message: 'invalid device application parameters' },
  'batch.unknown': { status: 404, errcode: 9001047, message: 'invalid apply_id' },
  'device.comment_too_long': {
    status: 422,
    errcode: 9001034,
    message: 'comment is longer than 15 Chinese characters or 30 letters',
  },
  'device.too_many': { status: 422, errcode: 9001024, message: 'more than 50 devices in one query' },
  'device.invalid': { status: 404, errcode: 9001025, message: 'invalid device id' },
  'device.quota_exceeded': { status: 409, errcode: 9001038, message: 'the number of devices exceeds the quota' },
  'store.invalid': { status: 422, errcode: 9001033, message: 'invalid poi_id' },
  'page.invalid': { status: 404, errcode: 9001026, message: 'invalid page id' },
  'page.parameters_invalid': { status: 422, errcode: 9001027, message: 'invalid page parameters' },
  'page.too_many_deleted': { status: 422, errcode: 9001028, message: 'more than 10 pages in one deletion' },
  'page.in_use': { status: 409, errcode: 9001029, message: 'the page is in use by a device, unbind it first' },
  'page.too_many': { status: 422, errcode: 9001030, message: 'more than 50 pages in one query' },
  'binding.invalid': { status: 422, errcode: 9001032, message: 'invalid parameters of a device-page binding' },
  'binding.too_many_pages': { status: 422, errcode: 9001037, message: 'more than 30 pages for one device' },
  'group.too_many': { status: 409, errcode: 9001050, message: 'the account has the maximum number of groups' },
  'group.full': { status: 409, errcode: 9001051, message: 'a group holds at most 10000 devices' },
  'group.too_many_added': { status: 422, errcode: 9001052, message: 'more than 1000 devices added in one call' },
  'group.too_many_removed': { status: 422, errcode: 9001053, message: 'more than 1000 devices removed in one call' },
  'group.not_empty': { status: 409, errcode: 9001054, message: 'the group still has devices' },
  'group.name_invalid': {
    status: 422,
    errcode: 9001055,
    message: 'group name is missing or longer than 100 Chinese characters or 200 letters',
  },
  'group.device_unknown': { status: 404, errcode: 9001056, message: 'a device is not in the group' },
  'group.unknown': { status: 404, errcode: 9001058, message: 'group id does not exist' },
  'ticket.invalid': { status: 404, errcode: 9001003, message: 'invalid ticket' },
  'statistics.range_invalid': { status: 422, errcode: 9001031, message: 'invalid time range' },
  'paging.begin_invalid': { status: 422, errcode: 9001036, message: 'invalid begin' },

  // Shop
  'shop.parameter_missing': { status: 400, errcode: 990007, message: 'parameter missing' },
  'shop.parameter_too_long': { status: 422, errcode: 990008, message: 'parameter too long' },
  'shop.parameter_invalid': { status: 422, errcode: 40097, message: 'invalid args' },
  'category.unknown': { status: 422, errcode: 1000009, message: 'category id does not exist' },
  'category.not_third_level': { status: 422, errcode: 1000007, message: 'the category id must be of the third level' },
  'category.granted': { status: 409, errcode: 1050003, message: 'the category is already approved' },
  'category.under_review': { status: 409, errcode: 1050009, message: '审核中' },
  'category.free': { status: 409, errcode: 1050011, message: '该项目无需申请' },
  'scene.not_open': { status: 409, errcode: 1000042, message: 'check that the scene of the component is open' },
  'scene.not_open_for_brand': {
    status: 409,
    errcode: 1000043,
    message: 'check that the scene of this brand_id is open',
  },
  'audit.unknown': { status: 404, errcode: 1050005, message: '未查询到相关审核' },
  'picture.link_invalid': { status: 422, errcode: 1000035, message: 'invalid picture link' },
  'picture.media_id_unknown': { status: 422, errcode: 40007, message: 'invalid media_id' },
  'picture.missing': { status: 400, errcode: 1070001, message: 'picture is empty' },
  'picture.type_invalid': { status: 422, errcode: 40005, message: 'invalid file type' },
  'picture.unfetchable': {
    status: 422,
    errcode: 1070008,
    message: 'cannot fetch the picture, upload it as a stream instead',
  },
  'picture.unreadable': { status: 422, errcode: 1070011, message: 'picture conversion failed' },

  'brand.granted': { status: 409, errcode: 1050003, message: 'the brand is already approved' },
  'brand.under_review': { status: 409, errcode: 1050009, message: '审核中' },
  'brand.free': { status: 409, errcode: 1050011, message: '该项目无需申请' },
  'certificate.none': { status: 404, errcode: 1050006, message: 'no former certificate' },
  'shop.not_open': { status: 403, errcode: 48001, message: 'api unauthorized' },
  'shop.banned': {
    status: 403,
    errcode: 48004,
    message: 'api forbidden for irregularities, view detail on mp.weixin.qq.com',
  },
  'shop.not_connected': {
    status: 409,
    errcode: 1040003,
    message: 'the mini program is not connected to the component',
  },
  'shop.connected': {
    status: 409,
    errcode: 1050011,
    message: 'the mini program is already connected to the component',
  },
  'shop.registration_under_review': { status: 409, errcode: 1050009, message: '审核中' },
  'scene.under_review': { status: 409, errcode: 1050009, message: '审核中' },
  'scene.granted': { status: 409, errcode: 1050011, message: '该项目无需申请' },

  // Stores
  'store.categories_invalid': { status: 422, errcode: 65104, message: 'invalid categories' },
  'store.photo_invalid': { status: 422, errcode: 65105, message: 'invalid photo url' },
  'store.not_approved': { status: 409, errcode: 65106, message: 'poi audit state must be approved' },
  'store.updating': { status: 409, errcode: 65107, message: 'poi not allowed modify now' },
  'store.name_invalid': { status: 422, errcode: 65109, message: 'invalid business name' },
  'store.address_invalid': { status: 422, errcode: 65110, message: 'invalid address' },
  'store.telephone_invalid': { status: 422, errcode: 65111, message: 'invalid telephone' },
  'store.city_invalid': { status: 422, errcode: 65112, message: 'invalid city' },
  'store.province_invalid': { status: 422, errcode: 65113, message: 'invalid province' },
  'store.photos_missing': { status: 422, errcode: 65114, message: 'photo list empty' },
  'store.unknown': { status: 404, errcode: 65115, message: 'poi_id is not exist' },
  'store.deleted': { status: 409, errcode: 65116, message: 'poi has been deleted' },
  'store.under_review': { status: 409, errcode: 65117, message: 'cannot delete poi' },
  'media.missing': { status: 400, errcode: 41005, message: 'media data missing' },
  'media.size_invalid': { status: 422, errcode: 40009, message: 'invalid image size' },

  // Quotas and requests of the past
  'ip.not_allowed': { status: 403, errcode: 40164, message: 'invalid ip, not in whitelist' },
  'quota.daily': { status: 429, errcode: 45009, message: 'reach max api daily quota limit' },
  'quota.minute': {
    status: 429,
    errcode: 45011,
    message: 'api minute-quota reach limit, must slower, retry next minute',
  },
  'quota.burst': { status: 429, errcode: 300000, message: 'instantaneous frequency too high' },
  'account.busy': {
    status: 429,
    errcode: -1,
    message: 'system busy: at most 1000 changes of an account wait for each other; try again',
  },
  'quota.reset_limit': { status: 429, errcode: 48006, message: 'forbid to clear quota because of reaching the limit' },
  'quota.path_unknown': { status: 404, errcode: 76021, message: 'cgi_path not found, please check' },
  'quota.path_uncounted': { status: 403, errcode: 76022, message: 'the quota of this cgi_path cannot be queried' },
  'rid.unknown': { status: 404, errcode: 76001, message: 'rid not found' },
  'rid.malformed': { status: 400, errcode: 76002, message: 'invalid rid' },
  'rid.foreign': { status: 403, errcode: 76003, message: 'rid of another account' },
  'rid.expired': { status: 410, errcode: 76004, message: 'rid is older than 7 days' },

  // Native API only
  'request.malformed': { status: 400, message: 'The request is not valid.' },
  'api_key.invalid': { status: 401, message: 'Send the API key as Authorization: Bearer KEY.' },
  'session.ended': { status: 401, message: 'The session has ended. Sign in again.' },
  'session.required': { status: 403, message: 'Only a member of the staff who is signed in can do this.' },
  'permission.missing': { status: 403, message: 'Your roles do not allow this.' },
  'policy.changed': { status: 412, message: 'Someone else changed the policy. Read it again.' },
  'policy.pinned': { status: 409, message: 'The environment of the server holds this fast.' },
  'calendar.invalid': { status: 422, message: 'These are not the official holidays of a year.' },
  'events.too_many': { status: 503, message: 'Too many streams of events are open. Try again.' },
  'key.unknown': { status: 404, message: 'There is no such key.' },
  'key.name_taken': { status: 409, message: 'A key has this name already, or had it.' },
  'key.end_past': { status: 422, message: 'The key would end in the past.' },
  'key.role_not_own': { status: 403, message: 'A key can have only roles that its maker has.' },
  'account.unknown': { status: 404, message: 'There is no such account.' },
  'application.unknown': { status: 404, message: 'There is no such application.' },
  'application.picture_unknown': { status: 404, message: 'The application has no such picture, or not yet.' },
  'application.closed': { status: 409, message: 'This application already has an outcome.' },
  'application.changed': { status: 412, message: 'Someone else changed this application. Read it again.' },
  'application.version_required': {
    status: 428,
    message: 'Say in If-Match which version of the application you decide on.',
  },
  'decision.reason_required': { status: 422, message: 'Say why the application is rejected.' },
  'decision.reason_too_long': {
    status: 422,
    message: 'A reason holds at most 250 Chinese characters or 500 letters.',
  },
  'decision.scheduled': {
    status: 409,
    message: 'A decision on this application waits to take effect. Take it back first.',
  },
  'field.unknown': { status: 422, message: 'The kind of application has no such field.' },
  'decision.none_scheduled': { status: 409, message: 'No decision on this application can be taken back any more.' },
  'decision.not_yours': { status: 403, message: 'Who made a decision takes it back, or a lead does.' },
  'opinion.same_actor': {
    status: 409,
    message: 'You gave the first opinion on this application. Somebody else gives the second.',
  },
  'application.claimed': { status: 409, message: 'Somebody else is at this application.' },
  'note.too_many': { status: 409, message: 'An application holds at most 500 notes.' },
  'reason.unknown': { status: 404, message: 'There is no such reason.' },
  'reason.changed': { status: 409, message: 'Somebody else changed this reason. Read it again.' },
  'reason.too_many': { status: 409, message: 'A kind of application has at most 200 reasons.' },
  'bulk.kinds_differ': { status: 422, message: 'Applications that are decided together are of one kind.' },
  'bulk.repeated': { status: 422, message: 'An application is named twice.' },
  'bulk.refused': { status: 409, message: 'None was decided, because some of the applications cannot be.' },
  'bulk.unknown': { status: 404, message: 'There is no such bulk decision.' },
  'sample.unknown': { status: 404, message: 'There is no such sample.' },
  'sample.answered': { status: 409, message: 'This sample has its second review already.' },
  'sample.own': { status: 403, message: 'You decided this application. Somebody else reviews it a second time.' },
  'device_quota.under_review': { status: 409, message: 'An application for more devices is already under review.' },
  'device_quota.ceiling_too_high': { status: 422, message: 'The ceiling of an account cannot be raised that far.' },
  'delivery.unknown': { status: 404, message: 'There is no such delivery.' },
  'delivery.unaddressed': { status: 409, message: 'The account has no callback URL to send to.' },
  'callback.url_refused': { status: 422, message: 'The callback URL cannot be used.' },
  'callback.unverified': { status: 422, message: 'The callback URL did not answer the verification with its echostr.' },

  // Staff: signing in, sessions, members
  'request.cross_site': { status: 403, message: 'A page of another site sent this change.' },
  'sign_in.refused': { status: 401, message: 'Name or password is wrong.' },
  'sign_in.code_wrong': { status: 401, message: 'The code is wrong, or was used before.' },
  'sign_in.challenge_ended': { status: 410, message: 'Too much time has passed between two steps. Begin again.' },
  'sign_in.tries_exceeded': { status: 429, message: 'Too many tries went wrong. Wait a minute.' },
  'sign_in.busy': { status: 429, message: 'Too many people sign in at once. Try again.' },
  'sign_in.insecure': { status: 403, message: 'Sign in by HTTPS.' },
  'sign_in.way_closed': { status: 404, message: 'Nobody can sign in this way here.' },
  'sign_in.provider_down': { status: 503, message: 'The provider does not answer. Sign in another way, or try again.' },
  'sign_in.provider_refused': { status: 403, message: 'The provider does not let you in here.' },
  'sign_in.passkey_refused': { status: 401, message: 'The passkey is not known here.' },
  'session.unknown': { status: 404, message: 'There is no such session.' },
  'session.not_recent': { status: 403, message: 'Sign in again to change how you sign in.' },
  'password.wrong': { status: 403, message: 'The password is wrong.' },
  'password.too_weak': { status: 422, message: 'The password is too easy to guess.' },
  'totp.off': { status: 409, message: 'There is no authenticator app to have recovery codes for.' },
  'passkey.refused': { status: 422, message: 'The passkey could not be added.' },
  'passkey.too_many': { status: 409, message: 'One has at most 20 passkeys.' },
  'passkey.unknown': { status: 404, message: 'There is no such passkey.' },
  'invitation.invalid': { status: 410, message: 'The link was used, withdrawn or is older than 24 hours.' },
  'invitation.unknown': { status: 404, message: 'There is no such invitation.' },
  'invitation.too_many': { status: 409, message: 'At most 200 invitations can be open.' },
  'staff.unknown': { status: 404, message: 'There is no such member of the staff.' },
  'staff.name_required': { status: 422, message: 'Choose a name.' },
  'staff.name_taken': { status: 409, message: 'Somebody has or had this name.' },
  'staff.last_operator': { status: 409, message: 'Somebody must be left who can let others in.' },
  'staff.deactivated': { status: 409, message: 'They were deactivated.' },
  'staff.by_provider': { status: 409, message: 'Who comes by the provider signs in by it alone.' },
  'staff.roles_by_provider': { status: 409, message: 'Their roles come from the provider’s groups.' },
} as const satisfies Record<string, ProblemRow>

export type ProblemCode = keyof typeof PROBLEMS

export const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(PROBLEMS, text)

export const PROBLEM_CODES: readonly ProblemCode[] = Object.keys(PROBLEMS).filter(isProblemCode)

/** The rows as the interface, for code that looks one up by a code it was given. */
export const problemRow = (code: ProblemCode): ProblemRow => PROBLEMS[code]
