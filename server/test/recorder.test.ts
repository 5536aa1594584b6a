import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { readRecording } from '../src/recordings/read-recording.ts'
import { RecordingFile } from '../src/recordings/recording-file.ts'
import { CERTIFICATE, KEY } from './certificate.ts'
import { DATABASES, type Place } from './databases.ts'
import { type Listener, listen, listenWith } from './listener.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { environmentOf, runShenpi } from './run-shenpi.ts'
import { until } from './until.ts'

const [kind] = DATABASES
assert.ok(kind)

const CATEGORIES = '/shop/cat/get'
const json = (response: ServerResponse, body: unknown) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))

describe('shenpi record', () => {
  let place: Place & AsyncDisposable
  let upstream: Listener
  let recorder: Recorder
  /** How the stand-in for the platform answers the next request. */
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => json(response, {})

  before(async () => {
    place = await kind.place()
    upstream = await listen((incoming, outgoing) => answer(incoming, outgoing))
    const file = join(place.dataDir, 'trace.jsonl')
    recorder = await startRecorder(`http://127.0.0.1:${upstream.port}`, file, environmentOf(place))
  })
  after(async () => {
    await recorder[Symbol.asyncDispose]()
    await upstream[Symbol.asyncDispose]()
    await place[Symbol.asyncDispose]()
  })

  /** What was recorded last, as soon as it is there. */
  async function recordedAfter(count: number) {
    await until(() => recorder.lines().length > count)
    return recorder.lines().at(-1)
  }

  test('passes request and answer on as they are, but for what concerns one connection', async () => {
    let seen: IncomingMessage['headers'] = {}
    answer = (incoming, outgoing) => {
      seen = incoming.headers
      outgoing.setHeader('x-mine', 'kept').setHeader('content-type', 'text/plain')
      incoming.pipe(outgoing)
    }
    const count = recorder.lines().length
    const reply = await fetch(`${recorder.url}${CATEGORIES}?access_token=abc`, {
      method: 'POST',
      body: '{ "a" : 1 }',
      headers: { 'x-theirs': 'kept', 'content-type': 'text/plain' },
    })
    assert.deepEqual([await reply.text(), reply.headers.get('x-mine')], ['{ "a" : 1 }', 'kept'])
    assert.deepEqual([seen['x-theirs'], seen.host], ['kept', `127.0.0.1:${upstream.port}`])
    assert.equal(seen['accept-encoding'], 'identity')
    const { at: _, ...line } = await recordedAfter(count)
    assert.deepEqual(line, {
      method: 'POST',
      url: `${CATEGORIES}?access_token=***`,
      type: 'text/plain',
      body: { a: 1 },
      answer: { status: 200, type: 'text/plain', body: { a: 1 } },
    })
  })

  test('passes the beginning of a body on before its end is there', async () => {
    const { promise: began, resolve } = Promise.withResolvers<string>()
    answer = (incoming, outgoing) => {
      incoming.once('data', (chunk) => resolve(String(chunk)))
      incoming.resume().on('end', () => json(outgoing, { errcode: 0 }))
    }
    const outgoing = request(recorder.url + CATEGORIES, { method: 'POST' })
    outgoing.write('{"a":')
    assert.equal(await began, '{"a":')
    outgoing.end('1}')
    const [reply] = await once(outgoing, 'response')
    assert.equal(await text(reply), '{"errcode":0}')
  })

  test('passes on what is too large to be recorded, and says that it left it out', async () => {
    let bytes = 0
    answer = (incoming, outgoing) => {
      incoming.on('data', (chunk) => {
        bytes += chunk.length
      })
      incoming.on('end', () => outgoing.end('x'.repeat(5000)))
    }
    const count = recorder.lines().length
    const body = Buffer.alloc(11 * 1024 * 1024, 'x')
    const reply = await fetch(recorder.url + CATEGORIES, { method: 'POST', body })
    assert.equal((await reply.text()).length, 5000)
    assert.equal(bytes, body.length)
    const line = await recordedAfter(count)
    assert.deepEqual([line.left_out, line.answer.left_out], ['more than 10485760 bytes', 'a long text'])
  })

  test('leaves out a body that is not UTF-8, which a text could not say', async () => {
    answer = (_, outgoing) => json(outgoing, { errcode: 47001 })
    const count = recorder.lines().length
    const body = Buffer.from('{"apply_reason":"\xc4\xe3"}', 'latin1')
    await fetch(recorder.url + CATEGORIES, { method: 'POST', body })
    const line = await recordedAfter(count)
    assert.deepEqual([line.body, line.left_out], [undefined, 'a text that is not UTF-8'])
  })

  test('tells an upstream that breaks off, and a client that goes away', async () => {
    answer = (incoming) => incoming.socket.destroy()
    let count = recorder.lines().length
    const broken = await fetch(recorder.url + CATEGORIES)
    assert.equal(broken.status, 502)
    assert.match(await broken.text(), /^shenpi record: no answer of the upstream \(ECONNRESET\)\n$/)
    assert.equal((await recordedAfter(count)).failure, 'ECONNRESET')

    answer = (_, outgoing) => outgoing.writeHead(200, { 'content-length': 10 }).write('half', () => outgoing.destroy())
    count = recorder.lines().length
    await assert.rejects(fetch(recorder.url + CATEGORIES).then((reply) => reply.text()))
    assert.equal((await recordedAfter(count)).failure, 'ECONNRESET')

    const { promise: asked, resolve } = Promise.withResolvers<void>()
    answer = () => resolve()
    count = recorder.lines().length
    const leaving = request(recorder.url + CATEGORIES).on('error', () => {})
    leaving.end()
    await asked
    leaving.destroy()
    assert.equal((await recordedAfter(count)).failure, 'the client went away')
  })

  test('goes on after calls that no recording can hold, and tells of them', async () => {
    const file = join(place.dataDir, 'odd.jsonl')
    await using odd = await startRecorder(`http://127.0.0.1:${upstream.port}`, file, environmentOf(place))
    answer = (_, outgoing) => json(outgoing, {})
    const { port } = new URL(odd.url)
    for (const [method, path] of [
      ['M-SEARCH', CATEGORIES],
      ['GET', 'http://['],
      ['GET', '//'],
      ['GET', CATEGORIES],
    ]) {
      const [reply] = await once(request({ port, method, path, host: '127.0.0.1' }).end(), 'response')
      assert.equal(await text(reply), '{}')
    }
    const { code, stderr } = await odd.end()
    assert.equal(code, 0)
    assert.match(stderr, /^(shenpi: a call was passed on and is not in .*odd\.jsonl: (Invalid URL|method: .*)\n){2}$/)
    const urls = (await readRecording(file)).exchanges.map(({ url }) => url)
    assert.deepEqual(urls, ['//', CATEGORIES])
  })

  test('ends by Ctrl-C when what is under way has come to its end, with a whole file', async () => {
    const file = join(place.dataDir, 'ended.jsonl')
    await using ending = await startRecorder(`http://127.0.0.1:${upstream.port}`, file, environmentOf(place))
    const { promise: asked, resolve } = Promise.withResolvers<ServerResponse>()
    answer = (_, outgoing) => resolve(outgoing)
    const reply = fetch(ending.url + CATEGORIES)
    const outgoing = await asked
    const ended = ending.end()
    json(outgoing, { errcode: 0 })
    assert.deepEqual(await (await reply).json(), { errcode: 0 })
    const { code, stdout } = await ended
    assert.match(stdout, /^1 requests are in .*ended\.jsonl\./m)
    assert.equal(code, 0)
    assert.deepEqual(ending.lines()[0].answer.body, { errcode: 0 })
  })

  test('leaves whole lines without a secret when it is killed', async () => {
    const file = join(place.dataDir, 'killed.jsonl')
    await using killed = await startRecorder(`http://127.0.0.1:${upstream.port}`, file, environmentOf(place))
    answer = (_, outgoing) => json(outgoing, { access_token: 'token-of-somebody', expires_in: 7200 })
    await fetch(`${killed.url}/cgi-bin/token?secret=secret-of-somebody`)
    // This one is under way when it is killed.
    answer = () => {}
    const lost = assert.rejects(fetch(`${killed.url}${CATEGORIES}?access_token=token-of-somebody`))
    await until(() => killed.lines().length === 1)
    await killed.kill()
    await lost
    const left = readFileSync(file, 'utf8')
    assert.ok(left.endsWith('}\n'))
    assert.doesNotMatch(left, /of-somebody/)
  })

  test('trusts no upstream whose certificate it does not know', async () => {
    await using stranger = await listenWith(
      createServer({ key: KEY, cert: CERTIFICATE }, (_, reply) => reply.end('{}')),
    )
    const file = join(place.dataDir, 'tls.jsonl')
    await using strict = await startRecorder(`https://127.0.0.1:${stranger.port}`, file, environmentOf(place))
    const reply = await fetch(strict.url + CATEGORIES)
    assert.equal(reply.status, 502)
    await until(() => strict.lines().length === 1)
    assert.equal(strict.lines()[0].failure, 'DEPTH_ZERO_SELF_SIGNED_CERT')
  })

  test('leaves no file where it cannot begin', async () => {
    const file = join(place.dataDir, 'taken.jsonl')
    const { port } = new URL(recorder.url)
    const args = ['record', '--to', file, '--upstream', recorder.url, '--port', port]
    const { code, stderr } = await runShenpi(args, environmentOf(place))
    assert.match(stderr, /^shenpi: port \d+ of 127\.0\.0\.1 cannot be had: /)
    assert.deepEqual([code, existsSync(file)], [1, false])
  })

  test('writes over no file, and sends no secret in clear', async () => {
    const head = { upstream: recorder.url, at: '' }
    assert.throws(() => new RecordingFile(recorder.file, head), /trace\.jsonl cannot be written: EEXIST/)
    const args = ['record', '--to', join(place.dataDir, 'clear.jsonl'), '--upstream', 'http://shop.example.com']
    const { code, stderr } = await runShenpi(args, environmentOf(place))
    assert.match(stderr, /^shenpi: --upstream http:\/\/shop\.example\.com would send secrets in clear/)
    assert.equal(code, 1)
  })
})
