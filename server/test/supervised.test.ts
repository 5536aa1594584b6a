import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { lockDataDir } from '../src/data-dir.ts'
import { DATABASES } from './databases.ts'
import { spawnServer } from './run-shenpi.ts'
import { until } from './until.ts'

const [SQLITE] = DATABASES
assert.ok(SQLITE)

/** A pipe that is full, and read by nobody but whoever asks for it. */
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

describe('a server whose log is not taken', () => {
  test('serves and stops while nobody reads its stderr, and writes on when somebody does', async () => {
    await using place = await SQLITE.place()
    using pipe = aFullPipe(place.dataDir)
    await using server = await spawnServer(place, { LOG_LEVEL: 'info' }, { stderrFd: pipe.fd })
    await askMany(server.url)
    pipe.read()
    await until(() => pipe.read().includes('"route":"unknown"'))
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

  test('by "npm start" stops at SIGTERM to npm, which ends after it', async () => {
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
    test(`by "${command.join(' ')}" stops soon after ${signal} to npm`, async () => {
      await using place = await SQLITE.place()
      await using server = await spawnServer(place, {}, { command })
      server.child.kill(signal)
      await until(() => isFree(place.dataDir))
    })
  }
})
