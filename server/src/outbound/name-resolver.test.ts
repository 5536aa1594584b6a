import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Saying, startNameserver } from '../../test/nameserver.ts'
import { createNameResolver } from './name-resolver.ts'

const NEVER = new AbortController().signal

/** A resolver on files of its own and one nameserver, which says what the table says. */
async function openResolver(t: TestContext, table: Record<string, Saying>, files = { hosts: '', resolver: '' }) {
  const folder = mkdtempSync(join(tmpdir(), 'names-'))
  const nameserver = await startNameserver((name) => table[name] ?? 'NXDOMAIN')
  t.after(async () => {
    rmSync(folder, { recursive: true })
    await nameserver[Symbol.asyncDispose]()
  })
  const hostsFile = join(folder, 'hosts')
  const resolverFile = join(folder, 'resolv.conf')
  writeFileSync(hostsFile, files.hosts)
  writeFileSync(resolverFile, files.resolver)
  const open = () => createNameResolver({ nameservers: [nameserver.address], hostsFile, resolverFile })
  return { ...open(), open, asked: nameserver.asked, hostsFile }
}

const V6 = '2606:2800:021f:cb07:6820:80da:af6b:8b2c'

test('a name resolves to the addresses of both families, and one family suffices', async (t) => {
  const { resolve } = await openResolver(t, {
    'both.test': { A: ['192.0.2.1', '192.0.2.2'], AAAA: [V6] },
    'four.test': { A: ['192.0.2.1'] },
    'six.test': { AAAA: [V6] },
    'long.test': 'truncated',
    'alias.test': { CNAME: 'four.test', A: ['192.0.2.3'] },
  })
  const v6 = '2606:2800:21f:cb07:6820:80da:af6b:8b2c'
  assert.deepEqual(await resolve('both.test', NEVER), ['192.0.2.1', '192.0.2.2', v6])
  assert.deepEqual(await resolve('four.test', NEVER), ['192.0.2.1'])
  assert.deepEqual(await resolve('six.test', NEVER), [v6])
  assert.deepEqual(await resolve('alias.test', NEVER), ['192.0.2.3'])
  assert.ok((await resolve('long.test', NEVER)).includes('127.0.0.1'))
})

test('a family that fails or never answers does not delay the other', async (t) => {
  for (const failing of ['SERVFAIL', 'silent'] as const) {
    const nameserver = await startNameserver((_name, type) => (type === 'A' ? { A: ['192.0.2.1'] } : failing))
    t.after(() => nameserver[Symbol.asyncDispose]())
    const { resolve } = createNameResolver({ nameservers: [nameserver.address] })
    assert.deepEqual(await resolve('half.test', NEVER), ['192.0.2.1'], failing)
    // A question that is given up is not repeated.
    if (failing === 'silent') assert.deepEqual(nameserver.asked.toSorted(), ['A half.test', 'AAAA half.test'])
  }
})

test('the resolver waits for a late nameserver, and asks another when the first is silent', async (t) => {
  const questions: string[] = []
  const late = await startNameserver((_name, type) => {
    questions.push(type)
    // An answer is lost, so that the second question is the one that is answered.
    return questions.filter((each) => each === type).length === 1 ? 'silent' : { A: ['192.0.2.1'] }
  })
  const silent = await startNameserver(() => 'silent')
  const second = await startNameserver(() => ({ A: ['192.0.2.2'] }))
  t.after(() => Promise.all([late, silent, second].map((each) => each[Symbol.asyncDispose]())))
  const waiting = createNameResolver({ nameservers: [late.address] }).resolve('late.test', NEVER)
  const other = createNameResolver({ nameservers: [silent.address, second.address] }).resolve('late.test', NEVER)
  assert.deepEqual(await Promise.all([waiting, other]), [['192.0.2.1'], ['192.0.2.2']])
})

test('an unknown name fails with its code, and is not asked for again at once', async (t) => {
  const { resolve, asked } = await openResolver(t, { 'broken.test': 'SERVFAIL', 'empty.test': {} })
  for (const [name, code] of [
    ['missing.test', 'ENOTFOUND'],
    ['broken.test', 'ESERVFAIL'],
    ['empty.test', 'ENODATA'],
  ] as const) {
    await assert.rejects(resolve(name, NEVER), { name: 'NoAddress', code })
    const before = asked.length
    await assert.rejects(resolve(name, NEVER), { name: 'NoAddress', code })
    assert.equal(asked.length, before)
  }
})

test('an aborted lookup ends with its reason, and nothing is remembered of the name', async (t) => {
  const table: Record<string, Saying> = { 'later.test': 'silent' }
  const { resolve, asked } = await openResolver(t, table)
  const caller = new AbortController()
  const given = resolve('later.test', caller.signal)
  caller.abort(new Error('the request has ended'))
  await assert.rejects(given, { message: 'the request has ended' })
  table['later.test'] = { A: ['192.0.2.1'] }
  assert.deepEqual(await resolve('later.test', NEVER), ['192.0.2.1'])
  assert.ok(asked.length > 0)
})

test('names of the hosts file and localhost are resolved without a nameserver, also after the file changes', async (t) => {
  const hosts = `127.0.0.1 localhost # not ours\n192.0.2.7\tShop.internal  shop\n${V6} shop\nfe80::1%lo0 shop\nnonsense x`
  const { resolve, open, asked, hostsFile } = await openResolver(t, {}, { hosts, resolver: '' })
  assert.deepEqual(await resolve('localhost', NEVER), ['127.0.0.1'])
  assert.deepEqual(await resolve('a.localhost', NEVER), ['127.0.0.1', '::1'])
  assert.deepEqual(await resolve('shop.internal', NEVER), ['192.0.2.7'])
  assert.deepEqual(await resolve('shop.', NEVER), ['192.0.2.7', V6])
  assert.deepEqual(asked, [])

  writeFileSync(hostsFile, '192.0.2.8 shop')
  assert.deepEqual(await open().resolve('shop', NEVER), ['192.0.2.8'])
  rmSync(hostsFile)
  await assert.rejects(open().resolve('shop', NEVER), { code: 'ENOTFOUND' })
})

test('a system file that cannot be read counts as empty', async (t) => {
  const nameserver = await startNameserver(() => ({ A: ['192.0.2.1'] }))
  t.after(() => nameserver[Symbol.asyncDispose]())
  const unreadable = `/${'too-long-for-a-name'.repeat(1000)}`
  const files = { hostsFile: unreadable, resolverFile: unreadable }
  const { resolve } = createNameResolver({ nameservers: [nameserver.address], ...files })
  assert.deepEqual(await resolve('one.test', NEVER), ['192.0.2.1'])
  assert.deepEqual(await resolve('localhost', NEVER), ['127.0.0.1', '::1'])
})

test('short names are looked up in the search domains of the system', async (t) => {
  const resolver = 'nameserver 192.0.2.53\nsearch shop.svc.test svc.test .\noptions timeout:2 ndots:3\n'
  const table: Record<string, Saying> = {
    'receiver.shop.svc.test': { A: ['192.0.2.1'] },
    'other.team.svc.test': { A: ['192.0.2.2'] },
    'a.whole.name.test': { A: ['192.0.2.3'] },
    'dotted.test': { A: ['192.0.2.4'] },
  }
  const { resolve, asked } = await openResolver(t, table, { hosts: '', resolver })
  const questions = async (name: string) => {
    asked.length = 0
    const [address] = await resolve(name, NEVER)
    return [address, ...asked.filter((each) => each.startsWith('A ')).map((each) => each.slice(2))]
  }
  assert.deepEqual(await questions('receiver'), ['192.0.2.1', 'receiver.shop.svc.test'])
  assert.deepEqual(await questions('other.team'), ['192.0.2.2', 'other.team.shop.svc.test', 'other.team.svc.test'])
  assert.deepEqual(await questions('a.whole.name.test'), ['192.0.2.3', 'a.whole.name.test'])
  assert.deepEqual(await questions('dotted.test.'), ['192.0.2.4', 'dotted.test'])
})

test("the system's own resolver is asked where there is no nameserver, and for local names", async (t) => {
  const { needsThread } = await openResolver(t, {}, { hosts: '192.0.2.1 printer.local', resolver: '' })
  assert.deepEqual(
    ['shop.local', 'printer.local', 'receiver.shop.svc.cluster.local', 'one.test', 'localhost'].map(needsThread),
    [true, false, false, false, false],
  )
  if (process.platform === 'win32') return
  const without = createNameResolver({ hostsFile: '/nowhere', resolverFile: '/nowhere' })
  assert.deepEqual(['one.test', 'localhost'].map(without.needsThread), [true, false])
})
