import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { compareRecording } from '../src/recordings/compare-recording.ts'
import { type ComparisonReport, ComparisonReporter } from '../src/recordings/comparison-report.ts'
import { readRecording } from '../src/recordings/read-recording.ts'
import { SANDBOX_ACCOUNT } from '../src/sandbox/account.ts'
import { DATABASES } from './databases.ts'
import { aBatch, aFile, aPicture, aRegistration } from './factories.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { environmentOf, runShenpi } from './run-shenpi.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const [kind] = DATABASES
assert.ok(kind)

const OPEN = { env: { SANDBOX_APPROVE: 'all' } }
const PERSON = { name: '韩梅梅', phone_number: '13812345678', email: 'mei@shop.example' }

/** What a merchant does by way of the recorder: it is answered ids, and names them later. */
async function actAsMerchant(url: string): Promise<{ token: string }> {
  const { appid, secret } = SANDBOX_ACCOUNT
  const query = `grant_type=client_credential&appid=${appid}&secret=${secret}`
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  const send = async (target: string, init: RequestInit = {}): Promise<any> =>
    await (await fetch(url + target, init)).json()
  const { access_token: token } = await send(`/cgi-bin/token?${query}`)
  const post = (path: string, body: unknown, by = token) =>
    send(`${path}?access_token=${by}`, { method: 'POST', body: JSON.stringify(body) })

  const form = new FormData()
  form.set('media', aFile(await aPicture()), '韩梅梅.png')
  const { data: icon } = await send(`/shakearound/material/add?type=icon&access_token=${token}`, {
    method: 'POST',
    body: form,
  })
  const { data: batch } = await post('/shakearound/device/applyid', aBatch())
  const search = { type: 3, apply_id: batch.apply_id, last_seen: 0, count: 50 }
  const { data: found } = await post('/shakearound/device/search', search)
  const [first] = found.devices
  const page = { title: 'Hello', description: 'Sale', page_url: 'https://example.com', icon_url: icon.pic_url }
  const { data: added } = await post('/shakearound/page/add', page)
  const device_identifier = { device_id: first.device_id }
  await post('/shakearound/device/bindpage', { device_identifier, page_ids: [added.page_id] })
  await post('/shakearound/device/search', { type: 1, device_identifiers: [first] })
  const { errmsg } = await post('/shakearound/page/search', { type: 9 })
  await post('/cgi-bin/openapi/rid/get', { rid: /rid: (.+)$/.exec(errmsg)?.[1] })
  await post('/shakearound/account/register', aRegistration(PERSON))
  await post('/shakearound/page/add', page, 'nobodys-token')
  await send('/cgi-bin/token?grant_type=client_credential&appid=wx0000000000000000&secret=nobodys-secret')
  await post('/cgi-bin/menu/create', { button: [] })
  return { token }
}

const REQUESTS = 13

/** The same as a HAR, with secrets, as a browser writes it. */
function toHar(recorder: Recorder): string {
  const entries = recorder.lines().map(({ method, url, type, body, form, answer }) => ({
    request: {
      method,
      url: `https://api.weixin.qq.com${url}`,
      ...(body && { postData: { mimeType: type, text: JSON.stringify(body) } }),
      ...(form && {
        postData: { mimeType: type, params: [{ name: 'media', fileName: 'a.png', contentType: 'image/png' }] },
      }),
    },
    response: { status: answer.status, content: { mimeType: answer.type, text: JSON.stringify(answer.body) } },
  }))
  return JSON.stringify({ log: { version: '1.2', entries } }, null, 2)
}

describe('record and compare', () => {
  let recorded: TestServer
  let other: TestServer
  let recorder: Recorder
  let secrets: string[]

  before(async () => {
    recorded = await startTestServer(kind, OPEN)
    other = await startTestServer(kind, OPEN)
    // Its next ids are others than those of the one that was recorded.
    await other.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 7 }))
    await other.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 7 }))
    const file = join(recorded.place.dataDir, 'trace.jsonl')
    recorder = await startRecorder(recorded.url, file, environmentOf(recorded.place))
    const { token } = await actAsMerchant(recorder.url)
    secrets = [token, SANDBOX_ACCOUNT.secret, 'nobodys-token', 'nobodys-secret', ...Object.values(PERSON)]
  })
  after(async () => {
    await recorder[Symbol.asyncDispose]()
    await recorded[Symbol.asyncDispose]()
    await other[Symbol.asyncDispose]()
  })

  const compare = (file: string, ...args: string[]) => runShenpi(['compare', file, ...args], environmentOf(other.place))
  /** The same in this process. */
  const reportOf = async (file: string, changes = {}): Promise<ComparisonReport> => {
    const reporter = new ComparisonReporter()
    const { exchanges } = await readRecording(file)
    const target = { url: other.url, ...SANDBOX_ACCOUNT, ...changes }
    for await (const outcome of compareRecording(exchanges, target)) reporter.add(outcome)
    return reporter.report(target.url, false)
  }
  const write = (name: string, content: string): string => {
    const file = join(recorded.place.dataDir, name)
    writeFileSync(file, content)
    return file
  }

  test('another server answers what was recorded alike, by its own ids and for its own account', async () => {
    const { code, stdout, stderr } = await compare(recorder.file)
    assert.equal(stderr, '')
    const [left, last] = stdout.trimEnd().split('\n').slice(-2)
    assert.equal(left, 'Not sent: /cgi-bin/menu/create, 1 ×: no call of this wire.')
    assert.equal(last, `${REQUESTS - 1} requests sent to ${other.url}: ${REQUESTS - 1} answered alike, 0 differ.`)
    assert.equal(code, 0)
  })

  test('the recording holds each request whole, and no secret, person or picture', () => {
    const text = readFileSync(recorder.file, 'utf8')
    assert.equal(recorder.lines().length, REQUESTS)
    for (const secret of secrets) assert.ok(!text.includes(secret), secret)
    const [, upload] = recorder.lines()
    const { length } = readFileSync(recorder.file)
    assert.ok(length < 64 * 1024, `${length} bytes`)
    assert.deepEqual(
      { ...upload.form[0], bytes: 0 },
      { name: 'media', file: 'file.png', type: 'image/png', bytes: 0, format: 'png', width: 120, height: 120 },
    )
    const registered = recorder.lines().find(({ url }) => url.startsWith('/shakearound/account/register'))
    assert.deepEqual(
      registered.body,
      aRegistration({ name: '某某某', phone_number: '13800000000', email: 'masked@example.com' }),
    )
    const menu = recorder.lines().at(-1)
    assert.deepEqual([menu.url, menu.body, menu.answer.body], ['/cgi-bin/menu/create', undefined, undefined])
  })

  test('a HAR of the same says the same', async () => {
    const { compared, differences } = await reportOf(write('trace.har', toHar(recorder)))
    assert.deepEqual([compared, differences], [REQUESTS - 1, []])
  })

  test('a lottery of another account is sent as the own account’s, with a key in the place of the masked one', async () => {
    const begin_time = Math.floor(other.clock.now().getTime() / 1000)
    const times = { begin_time, expire_time: begin_time + 3600 }
    const lottery = {
      title: 'Gift',
      desc: 'Shake it',
      ...times,
      total: 1,
      key: '***',
      sponsor_appid: 'wx0123456789abcdef',
    }
    const added = (body: object) => ({
      method: 'POST',
      url: '/shakearound/lottery/addlotteryinfo?access_token=***&use_template=2',
      body: lottery,
      answer: { status: 200, body },
    })
    const exchanges = [
      added({ errcode: 0, errmsg: '', lottery_id: '91', page_id: 0 }),
      {
        method: 'GET',
        url: '/shakearound/lottery/setlotteryswitch?access_token=***&lottery_id=91&onoff=0',
        answer: { status: 200, body: { errcode: 0, errmsg: '' } },
      },
      added({ errcode: 9001001, errmsg: 'the key is too short' }),
      added({ errcode: 9001063, errmsg: 'another sponsor' }),
    ]
    const { compared, differences } = await reportOf(
      write('lottery.jsonl', exchanges.map((one) => JSON.stringify(one)).join('\n')),
    )
    assert.deepEqual([compared, differences], [exchanges.length, []])
  })

  test('tells each difference once, with its lines and what may be the reason, and ends with code 1', async () => {
    const lines = readFileSync(recorder.file, 'utf8')
      .replaceAll('"audit_status":2,', '"audit_status":"2","checked":true,')
      .replaceAll('"errcode":9001001', '"errcode":9001002')
      // A page of before the recording.
      .replaceAll('"page_ids":[1]', '"page_ids":[987654]')
    const file = write('other.jsonl', lines)
    const { differences, compared, differing, unseen } = await reportOf(file)
    assert.deepEqual(
      differences.map(({ path, at, kind, recorded, count }) => [path, kind, at, recorded, count]),
      [
        ['/shakearound/device/applyid', 'type', 'data.audit_status', 'string', 1],
        ['/shakearound/device/applyid', 'missing', 'data.checked', 'boolean', 1],
        ['/shakearound/device/bindpage', 'errcode', 'errcode', '0', 1],
        ['/shakearound/page/search', 'errcode', 'errcode', differences[3]?.recorded, 1],
      ],
    )
    assert.match(differences[3]?.recorded ?? '', /^9001002 /)
    assert.deepEqual(differences[2]?.unknown, ['page_id 987654'])
    assert.deepEqual(differences[2]?.lines, [7])
    assert.deepEqual([compared, differing, unseen], [REQUESTS - 1, 3, []])
    const { code, stdout: told } = await compare(file)
    assert.equal(code, 1)
    assert.match(told, /^ {2}data\.checked is missing: recorded boolean, answered nothing \(line 4\)$/m)
    assert.match(told, /^ {2}errcode: recorded 0, answered 9001026 .*line 7; no answer .* gave page_id 987654\)$/m)
  })

  test('sends nothing of a broken file, and ends with code 2', async () => {
    const before = await other.sandbox.post('/shakearound/device/search', { type: 2, begin: 0, count: 1 })
    const [head, , ...lines] = readFileSync(recorder.file, 'utf8').split('\n')
    const file = write('broken.jsonl', [head, ...lines.slice(0, 3), '{"url":5}', ''].join('\n'))
    const { code, stdout, stderr } = await compare(file)
    assert.match(stderr, /^shenpi: .*broken\.jsonl, line 5: method: /)
    assert.deepEqual([code, stdout], [2, ''])
    const now = await other.sandbox.post('/shakearound/device/search', { type: 2, begin: 0, count: 1 })
    assert.equal(now.json.data.total_count, before.json.data.total_count)
  })

  test('ends with code 2 where nothing was compared, so that no check of it is green', async () => {
    const other = { method: 'GET', url: '/elsewhere', answer: { status: 200 } }
    const files: [file: string, told: RegExp][] = [
      [write('foreign.jsonl', `${JSON.stringify(other)}\n`), /foreign\.jsonl holds no request that can be sent/],
      [join(recorded.place.dataDir, 'nowhere'), /nowhere cannot be read/],
    ]
    for (const [file, told] of files) {
      const { code, stderr } = await compare(file)
      assert.match(stderr, told)
      assert.equal(code, 2)
    }
  })

  test('says why nothing could be compared', async () => {
    await assert.rejects(
      reportOf(recorder.file, { url: 'http://127.0.0.1:1' }),
      /^NothingToCompare: no server answers at /,
    )
    await assert.rejects(
      reportOf(recorder.file, { appid: 'wx0000000000000000' }),
      /^NothingToCompare: http.* gives wx0000000000000000 no token: "invalid appid .*--appid and --secret name/,
    )
  })
})
