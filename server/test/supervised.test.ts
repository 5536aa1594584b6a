import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import pg from 'pg'
import { lockDataDir } from '../src/data-dir/data-dir.ts'
import { DATABASES } from './databases.ts'
import { listenWith } from './listener.ts'
import { environmentOf, ROOT, spawnServer } from './run-shenpi.ts'
import { until } from './until.ts'

const [SQLITE, POSTGRES] = DATABASES
assert.ok(SQLITE)

/** A full pipe that nobody reads before the test does. */
function aFullPipe(folder: string) {
  const path = join(folder, 'pipe')
  assert.equal(spawnSync('mkfifo', [path]).status, 0)
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  for (const size of [4096, 1]) whileItGoes(() => writeSync(fd, ' '.repeat(size)))
  const read = () => {
    let text = ''
    const buffer = Buffer.alloc(64 * 1024)
    whileItGoes(() => {
      text += buffer.toString('utf8', 0, readSync(fd, buffer))
    })
    return text
  }
  return { fd, read, [Symbol.dispose]: () => closeSync(fd) }
}

function whileItGoes(act: () => void): void {
  try {
    for (;;) act()
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'EAGAIN')
  }
}

const askMany = async (url: string) => {
  for (let round = 0; round < 10; round += 1) {
    const asked = Array.from({ length: 30 }, () => fetch(`${url}/no/such/path`).then((answer) => answer.json()))
    for (const { errcode } of (await Promise.all(asked)) as { errcode: number }[]) assert.equal(errcode, 40066)
  }
}

describe('a server whose log cannot be written', () => {
  test('serves and stops while nobody reads its stderr, and continues the log when somebody does', async () => {
    await using place = await SQLITE.place()
    using pipe = aFullPipe(place.dataDir)
    await using server = await spawnServer(place, { LOG_LEVEL: 'info' }, { stderrFd: pipe.fd })
    await askMany(server.url)
    // Every line that was read counts: the server writes as soon as there is room, before the rest is read.
    let text = ''
    await until(() => {
      text += pipe.read()
      return text.includes('"route":"unknown"')
    })
    whileItGoes(() => writeSync(pipe.fd, ' '))
    await askMany(server.url)
    server.child.kill('SIGTERM')
    assert.equal(await server.ended, 0)
  })

  test('serves and stops while the disk under it is full, and counts what was lost', async () => {
    await using place = await SQLITE.place()
    const full = openSync('/dev/full', 'w')
    await using server = await spawnServer(place, { LOG_LEVEL: 'info' }, { stderrFd: full })
    closeSync(full)
    await askMany(server.url)
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    const lost = Number(/^shenpi_log_lines_lost_total (\d+)$/m.exec(metrics)?.[1])
    // 50 a second of 300 refusals, however long the machine took for them.
    assert.ok(lost >= 50 && lost <= 300, `${lost} lines were lost`)
    server.child.kill('SIGTERM')
    assert.equal(await server.ended, 0)
  })
})

describe('a server that npm started', () => {
  const isFree = (dataDir: string) => {
    try {
      lockDataDir(dataDir).release()
      return true
    } catch {
      return false
    }
  }

  test('stops at SIGTERM to the npm of "npm start", which ends after it', async () => {
    await using place = await SQLITE.place()
    await using server = await spawnServer(place, {}, { command: ['npm', 'start'] })
    server.child.kill('SIGTERM')
    await server.ended
    assert.ok(isFree(place.dataDir))
  })

  for (const [command, signal] of [
    [['npx', 'shenpi', 'serve'], 'SIGTERM'],
    [['npm', 'start'], 'SIGKILL'],
  ] as const) {
    test(`stops soon after ${signal} to the npm of "${command.join(' ')}"`, async () => {
      await using place = await SQLITE.place()
      await using server = await spawnServer(place, {}, { command })
      server.child.kill(signal)
      await until(() => isFree(place.dataDir))
    })
  }

  test('stops when npm has ended while it was starting', { skip: !POSTGRES && 'no PostgreSQL' }, async () => {
    assert.ok(POSTGRES)
    await using place = await POSTGRES.place()
    await using proxy = await startClosedProxy(place.databaseUrl)
    const env = environmentOf({ ...place, databaseUrl: proxy.databaseUrl }, { PORT: '0', LOG_LEVEL: 'silent' })
    const npm = spawn('npx', ['shenpi', 'serve'], { env, cwd: ROOT, stdio: 'ignore' })
    await proxy.contacted
    npm.kill('SIGTERM')
    await once(npm, 'exit')
    assert.ok(!isFree(place.dataDir), 'it is still starting')
    proxy.open()
    await until(() => isFree(place.dataDir))
  })
})

/** A proxy to PostgreSQL that accepts nobody before it is opened. */
async function startClosedProxy(databaseUrl = '') {
  const { host, port, user, database } = new pg.Client({ connectionString: databaseUrl })
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  const { promise: contacted, resolve: contact } = Promise.withResolvers<void>()
  const listener = await listenWith(
    createServer((client) => {
      contact()
      client.on('error', () => {})
      void opened.then(() => {
        const server = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
        server.on('error', () => {})
        client.pipe(server).pipe(client)
      })
    }),
  )
  const proxied = `postgresql://${user}@127.0.0.1:${listener.port}/${database}`
  return { databaseUrl: proxied, contacted, open, [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose]() }
}
