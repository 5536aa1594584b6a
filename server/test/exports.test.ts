import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { crc32, inflateRawSync } from 'node:zlib'
import { EXPORT_FORMATS } from '@shenpi/sdk/contract/states'
import { XMLParser } from 'fast-xml-parser'
import { DATABASES } from './databases.ts'
import { decide } from './decide.ts'
import { aBatch } from './factories.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { submitSome } from './submit-some.ts'
import { until } from './until.ts'

const FORMULA = '=HYPERLINK("x","点")'

const download = (server: TestServer, path: string) =>
  fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${server.apiKey}` } })

/** The parts of a ZIP by its directory, each checked against the checksum and the size that stand there. */
function unzip(file: Buffer): Map<string, string> {
  const end = file.length - 22
  assert.equal(file.readUInt32LE(end), 0x06054b50)
  const parts = new Map<string, string>()
  let at = file.readUInt32LE(end + 16)
  assert.equal(at + file.readUInt32LE(end + 12), end)
  for (let count = file.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [checksum, packed, size] = [16, 20, 24].map((place) => file.readUInt32LE(at + place)) as [
      number,
      number,
      number,
    ]
    const nameLength = file.readUInt16LE(at + 28)
    const start = file.readUInt32LE(at + 42)
    assert.equal(file.readUInt32LE(start), 0x04034b50)
    const begin = start + 30 + file.readUInt16LE(start + 26)
    const content = inflateRawSync(file.subarray(begin, begin + packed))
    assert.deepEqual([content.length, crc32(content)], [size, checksum])
    parts.set(file.toString('utf8', at + 46, at + 46 + nameLength), content.toString())
    at += 46 + nameLength
  }
  return parts
}

/** The rows of a workbook's only sheet, as a reader of XML finds them. */
function readSheet(file: Buffer): string[][] {
  const parts = unzip(file)
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => ['row', 'c'].includes(name),
  })
  for (const text of parts.values()) parser.parse(text, true)
  const { row } = parser.parse(parts.get('xl/worksheets/sheet1.xml') ?? '').worksheet.sheetData
  return row.map(({ c }: { c: { v?: string; is?: { t: { '#text'?: string } } }[] }) =>
    c.map(({ v, is }) => v ?? is?.t['#text'] ?? ''),
  )
}

for (const kind of DATABASES) {
  describe(`exports on ${kind.name}`, () => {
    test('write the devices of a batch as CSV and XLSX', async () => {
      await using server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all' } })
      const { sandbox, api } = server
      const applied = await sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 2500, comment: FORMULA }))
      assert.equal(applied.json.errcode, 0, applied.text)
      const waiting = await api.listApplications({ query: { kind: 'device_batch', state: 'under_review' } })
      for (const { id } of waiting.items) await decide(server, id, 'approve')
      const { items } = await api.listDeviceBatches({ params: { appid: sandbox.appid } })
      const [batch] = items
      assert.ok(batch)
      const csv = await download(server, `/applications/${batch.application}/devices?format=csv`)
      assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8')
      assert.equal(csv.headers.get('content-disposition'), `attachment; filename="devices-${batch.application}.csv"`)
      const bytes = Buffer.from(await csv.arrayBuffer())
      assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
      const lines = bytes.toString().split('\r\n')
      assert.equal(lines.length, 2502)
      assert.match(lines[1] ?? '', /^\d+,FDA50693-[\w-]+,\d+,\d+,"'=HYPERLINK\(""x"",""点""\)",,,$/)

      const xlsx = await download(server, `/applications/${batch.application}/devices?format=xlsx`)
      const rows = readSheet(Buffer.from(await xlsx.arrayBuffer()))
      assert.equal(rows.length, 2501)
      assert.deepEqual(
        rows.slice(1).map(([id]) => Number(id)),
        Array.from({ length: 2500 }, (_, index) => batch.first_device_id + index),
      )
      assert.equal(rows[1]?.[4], `'${FORMULA}`)
      const rest = await download(
        server,
        `/applications/${batch.application}/devices?format=csv&after=${batch.last_device_id - 2}`,
      )
      assert.equal((await rest.text()).split('\r\n').length, 4)
      assert.match(
        await (await download(server, '/applications/1-99/devices?format=csv')).text(),
        /application\.unknown/,
      )
    })

    test('write the applications behind the filters of the queue, and refuse who has no right to', async () => {
      await using server = await startTestServer(kind)
      const ids = await submitSome(server, 5)
      for (const format of EXPORT_FORMATS) {
        const file = Buffer.from(
          await (await download(server, `/application-export?format=${format}&state=under_review`)).arrayBuffer(),
        )
        const rows =
          format === 'csv'
            ? file
                .toString()
                .split('\r\n')
                .slice(0, -1)
                .map((line) => line.split(','))
            : readSheet(file)
        assert.deepEqual(
          rows.slice(1).map(([id]) => id),
          ids,
        )
      }
      const none = await download(server, '/application-export?format=csv&kind=store')
      assert.equal((await none.text()).split('\r\n').length, 2)
      const { key } = await server.api.createKey({ body: { name: 'reader', roles: ['lead', 'auditor'] } })
      const headers = { authorization: `Bearer ${key}` }
      const refused = await fetch(`${server.url}/api/v1/application-export?format=csv`, { headers })
      assert.equal(refused.status, 403)
      const told = await server.api.listTrail({ query: { action: 'application.export' } })
      assert.deepEqual(
        told.items.map(({ actor, detail }) => [actor, detail]),
        [
          ['key:first', { format: 'csv', kind: 'store' }],
          ['key:first', { format: 'xlsx', state: 'under_review' }],
          ['key:first', { format: 'csv', state: 'under_review' }],
        ],
      )
    })

    test('are refused while twenty are under way, or four for the same key, and not after their readers have left', async (t) => {
      await using server = await startTestServer(kind)
      await submitSome(server, 1)
      const held = Promise.withResolvers<never>()
      held.promise.catch(() => {})
      const { accountNames } = server.services
      const find = t.mock.method(accountNames, 'find', () => held.promise)
      const leave = new AbortController()
      const url = `${server.url}/api/v1/application-export?format=csv`
      const open = (key: string) => {
        const headers = { authorization: `Bearer ${key}` }
        return fetch(url, { headers, signal: leave.signal })
      }
      const keys = [server.apiKey]
      for (let more = 0; more < 5; more += 1) {
        keys.push((await server.api.createKey({ body: { name: `more-${more}`, roles: ['operator'] } })).key)
      }
      const [first = '', ...others] = keys
      for (const key of keys.slice(0, 5)) {
        for (let count = 0; count < 4; count += 1) assert.equal((await open(key)).status, 200)
        if (key === first) assert.match(await (await open(first)).text(), /export\.too_many/)
      }
      assert.match(await (await open(others.at(-1) ?? '')).text(), /export\.too_many/)
      find.mock.restore()
      leave.abort()
      held.reject(new Error('the reader has left'))
      const headers = { authorization: `Bearer ${first}` }
      await until(async () => (await fetch(url, { headers })).status === 200)
    })
  })
}
