import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { listen } from '../../test/listener.ts'
import { type Saying, startNameserver } from '../../test/nameserver.ts'
import { Deadline } from './deadline.ts'
import { createLookups } from './lookups.ts'
import { createOutbound, OutboundBusy, type OutboundRequest } from './outbound.ts'

const PER_ACCOUNT = 8
const WAITING = 256

function aRequest(accountId: number, url: string, overrides: Partial<OutboundRequest> = {}): OutboundRequest {
  return { accountId, method: 'GET', url, timeoutMs: 5000, maxBytes: 1000, ...overrides }
}

/** Names that begin with `dead` are never told of; every other is loopback's. */
const tell = (name: string): Saying => (name.startsWith('dead') ? 'silent' : { A: ['127.0.0.1'] })

test('names with silent nameservers delay nobody else', async (t) => {
  await using nameserver = await startNameserver(tell)
  await using listener = await listen((_request, response) => response.end('hello'))
  const outbound = createOutbound({ allow: ['127.0.0.0/8'], nameservers: [nameserver.address] })
  t.after(outbound.close)

  const end = new AbortController()
  let ended = 0
  const dead = [1, 2, 3, 4].flatMap((accountId) =>
    Array.from({ length: 24 }, async (_, index) => {
      const request = aRequest(accountId, `http://dead-${index}.test/`, { signal: end.signal })
      await outbound.send(request).catch(() => ended++)
    }),
  )
  for (let sent = 0; sent < 25; sent++) {
    const url = `http://healthy-${sent}.test:${listener.port}/`
    assert.equal((await outbound.send(aRequest(5, url))).body.toString(), 'hello')
  }
  assert.equal(ended, 0)
  end.abort(new Error('enough'))
  await Promise.all(dead)
})

test('waiting for a turn takes nothing from the receiver’s time', async (t) => {
  await using nameserver = await startNameserver(tell)
  await using listener = await listen((_request, response) => response.end('hello'))
  const outbound = createOutbound({ allow: ['127.0.0.0/8'], nameservers: [nameserver.address] })
  t.after(outbound.close)

  const dead = Array.from({ length: PER_ACCOUNT }, (_, index) =>
    outbound.send(aRequest(1, `http://dead-${index}.test/`, { timeoutMs: 900 })),
  )
  const waiting = outbound.send(aRequest(1, `http://healthy.test:${listener.port}/`, { timeoutMs: 500 }))
  for (const each of await Promise.allSettled(dead)) {
    assert.equal(each.status === 'rejected' && each.reason.reason, 'timeout')
  }
  assert.equal((await waiting).body.toString(), 'hello')
})

test('a known name is answered at once, however many names the account looks up', async (t) => {
  await using nameserver = await startNameserver((name) => (name === 'missing.test' ? 'NXDOMAIN' : tell(name)))
  await using listener = await listen((_request, response) => response.end('hello'))
  const folder = mkdtempSync(join(tmpdir(), 'lookups-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const hostsFile = join(folder, 'hosts')
  writeFileSync(hostsFile, '127.0.0.1 shop.internal')
  const allow = ['127.0.0.0/8', '::1/128']
  const outbound = createOutbound({ allow, nameservers: [nameserver.address], hostsFile })
  t.after(outbound.close)
  // What is remembered is remembered for as long as the test takes.
  const stood = performance.now()
  t.mock.method(performance, 'now', () => stood)

  const send = (host: string) => outbound.send(aRequest(1, `http://${host}:${listener.port}/`))
  await send('healthy.test')
  await assert.rejects(send('missing.test'), { reason: 'dns' })
  const end = new AbortController()
  let ended = 0
  const dead = Array.from({ length: PER_ACCOUNT + WAITING }, async (_, index) => {
    await outbound.send(aRequest(1, `http://dead-${index}.test/`, { signal: end.signal })).catch(() => ended++)
  })
  await assert.rejects(send('other.test'), { name: 'OutboundBusy' })
  for (const host of ['healthy.test', 'shop.internal', 'localhost']) {
    assert.equal((await send(host)).body.toString(), 'hello', host)
  }
  await assert.rejects(send('missing.test'), { reason: 'dns' })
  assert.equal(ended, 0)
  end.abort(new Error('enough'))
  await Promise.all(dead)
})

test('an account that sends too much at once is refused, and its receiver is not blamed', async (t) => {
  await using listener = await listen((_request, response) => response.end('hello'))
  const begun = Promise.withResolvers<void>()
  const resolve = (hostname: string, signal: AbortSignal) => {
    if (hostname === 'healthy.test') return Promise.resolve(['127.0.0.1'])
    begun.resolve()
    return new Promise<string[]>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }
  const outbound = createOutbound({ allow: ['127.0.0.0/8'], resolve })
  t.after(outbound.close)

  const end = new AbortController()
  const dead = Array.from({ length: PER_ACCOUNT + WAITING }, () =>
    outbound.send(aRequest(1, 'http://dead.test/', { signal: end.signal })),
  )
  await begun.promise
  const healthy = `http://healthy.test:${listener.port}/`
  await assert.rejects(outbound.send(aRequest(1, healthy)), {
    name: 'OutboundBusy',
    message: 'more than 256 requests wait for a host to be looked up',
  })
  assert.equal((await outbound.send(aRequest(2, healthy))).body.toString(), 'hello')
  end.abort(new Error('enough'))
  for (const each of await Promise.allSettled(dead)) {
    assert.equal(each.status === 'rejected' && each.reason.message, 'enough')
  }
})

test('all lookups of one dead name fail with the first, and ask no more', async (t) => {
  await using nameserver = await startNameserver((name) => (name === 'dead.test' ? 'SERVFAIL' : { A: ['127.0.0.1'] }))
  const outbound = createOutbound({ allow: ['127.0.0.0/8'], nameservers: [nameserver.address] })
  t.after(outbound.close)

  const all = await Promise.allSettled(
    Array.from({ length: 40 }, () => outbound.send(aRequest(1, 'http://dead.test/'))),
  )
  for (const each of all) assert.equal(each.status === 'rejected' && each.reason.reason, 'dns')
  const lookups = new Set(nameserver.asked).size
  assert.equal(lookups, 2)
  assert.ok(nameserver.asked.length <= PER_ACCOUNT * 2 * 3, `${nameserver.asked.length} questions`)
})

test('the waits of all redirects of a request count together, and the lookups themselves do not', async () => {
  const ends: ((addresses: string[]) => void)[] = []
  const resolve = () => new Promise<string[]>((end) => ends.push(end))
  const lookups = createLookups({ resolve })
  const busy = () => new OutboundBusy('busy')
  using patience = new Deadline(50, busy)
  using limit = new Deadline(5000, busy)
  const times = { limit, patience }
  const url = new URL('http://one.test/')
  const first = lookups.addressesOf(url, 1, times)
  // As long as the request might have waited.
  using asLong = new Deadline(50, busy)
  asLong.start()
  await assert.rejects(asLong.aborted)
  ends.pop()?.(['192.0.2.1'])
  assert.deepEqual(await first, ['192.0.2.1'])

  for (let held = 0; held < PER_ACCOUNT; held++)
    void lookups.addressesOf(url, 1, { limit, patience: lookups.patienceOf(limit.signal) })
  await assert.rejects(lookups.addressesOf(url, 1, times), OutboundBusy)
  for (const end of ends.splice(0)) end(['192.0.2.1'])
  await assert.rejects(lookups.addressesOf(url, 1, times), OutboundBusy, 'nothing is left of it')
})
