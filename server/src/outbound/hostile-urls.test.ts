import assert from 'node:assert/strict'
import { test } from 'node:test'
import ipaddr from 'ipaddr.js'
import { listen } from '../../test/listener.ts'
import { createOutbound, type Outbound, OutboundRefused, type RefusalReason } from './outbound.ts'

const words = (text: TemplateStringsArray) => String.raw(text).trim().split(/\s+/)

/** First and last address of every IPv4 range that is not public, and some famous ones inside. */
const SPECIAL_V4 = words`
  0.0.0.0 0.255.255.255
  10.0.0.0 10.255.255.255
  100.64.0.0 100.100.100.200 100.127.255.255
  127.0.0.0 127.0.0.1 127.255.255.255
  168.63.129.16
  169.254.0.0 169.254.169.254 169.254.255.255
  172.16.0.0 172.31.255.255
  192.0.0.0 192.0.0.192 192.0.0.255
  192.0.2.0 192.0.2.255
  192.31.196.0 192.31.196.255
  192.52.193.0 192.52.193.255
  192.88.99.0 192.88.99.255
  192.168.0.0 192.168.255.255
  192.175.48.0 192.175.48.255
  198.18.0.0 198.19.255.255
  198.51.100.0 198.51.100.255
  203.0.113.0 203.0.113.255
  224.0.0.0 239.255.255.255
  240.0.0.0 255.255.255.254 255.255.255.255`

const SPECIAL_V6 = words`
  :: ::1 ::2 ::7f00:1 ::ffff:ffff
  ::ffff:0:0:0 ::ffff:0:7f00:1 64:ff9b:1:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff
  100:: 100::ffff:ffff:ffff:ffff 200::1
  2001:2:: 2001:2:0:ffff::1 2001:3::1 2001:4:112::1 2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::1
  2001:db8:: 2001:db8:ffff:ffff::1 2620:4f:8000::1 3fff::1 3fff:fff::1
  4000::1 5f00::1 8000::1 e000::1
  fc00::1 fd00:ec2::254 fdff:ffff::1 fe80::1 febf::1 fec0::1 feff::1 ff02::1 ffff::1`

/** Ways to write loopback, and names; every name here resolves to 127.0.0.1. */
const LOOPBACK = words`
  127.1 127.0.1 127.000.000.001 127.0.0.1. 0177.0.0.1 0177.1 017700000001 2130706433 127.65530
  0x7f.1 0x7f.0.0.0x1 0x7F000001 0x7f.0x0.0x0.0x1 0 00 0x0 0.0
  %31%32%37.0.0.1 127%2e0%2e0%2e1 127%2E1 %30x7f.1 127。0。0。1 １２７．０．０．１ ①②⑦.⓪.⓪.①
  [0:0:0:0:0:0:0:1] [0000::0001] [::127.0.0.1] [::ffff:127.0.0.1] [::FFFF:7F00:1] [::ffff:0:0]
  localhost LOCALHOST localhost. loc%61lhost ⓛocalhost a.localhost a_b.test 0x7f.1.test
  xn--bcher-kva.test bücher.test 127.0.0.1.nip.test metadata.google.internal`

/** What a careless reader of URLs takes for another host, or for none; <P> stands for the listener's port. */
const MISLEADING = words`
  http:127.0.0.1:<P>/ http:/127.0.0.1:<P>/ http:////127.0.0.1:<P>/ http:\\127.0.0.1:<P>\ HTTP://127.1:<P>
  http://127.0.0.1:<P>\@1.1.1.1/ http://127.0.0.1:<P>#@1.1.1.1/ http://127.0.0.1:<P>?@1.1.1.1/
  http://[::1]:<P> http://[::]:<P>/?a@1.1.1.1:80 http://127.0.0.1:0<P>/ https://0:<P>/`.concat(
  ' http://127.0.0.1:<P>/ ',
  'ht\ntp://127.0\t.0.1:<P>/',
)

const WITH_CREDENTIALS = words`
  http://user@1.1.1.1/ http://user:pa55@1.1.1.1/ http://:pa55@1.1.1.1/ https://user:pa55%40@one.test/
  http://1.1.1.1@127.0.0.1:<P>/ http://1.1.1.1:80@127.0.0.1:<P>/ http://a@b@127.0.0.1:<P>/ http://%20@one.test/`

const OTHER_SCHEMES = words`
  ftp://127.0.0.1:<P>/ file://127.0.0.1/etc/passwd file:///etc/passwd gopher://127.0.0.1:<P>/ ws://127.0.0.1:<P>/
  wss://127.0.0.1:<P>/ dict://127.0.0.1:<P>/ ldap://127.0.0.1:<P>/ sftp://127.0.0.1:<P>/ tftp://127.0.0.1:<P>/
  unix:/var/run/docker.sock http+unix://%2Fvar%2Frun%2Fdocker.sock/ httpx://127.0.0.1:<P>/ jar:http://127.0.0.1:<P>!/
  blob:http://127.0.0.1:<P>/x view-source:http://127.0.0.1:<P>/ url:http://127.0.0.1:<P>/ javascript:1 data:,1
  about:blank mailto:a@one.test`

const MALFORMED = words`
  / //127.0.0.1:<P>/ 127.0.0.1:<P> one.test http:// http:/// https://?a http://:<P>/ http://@/
  http://256.0.0.1/ http://4294967296/ http://0x100000000/ http://1.2.3.4.5/ http://127.0.0.09/
  http://[::1/ http://::1/ http://[fe80::1%25eth0]/ http://[::1%eth0]/ http://[::g]/ http://[v1.x]/
  http://a%00b/ http://a%20b/ http://a%23b/ http://a%2fb/ http://a<b/ http://%C2%AD/
  http://127.0.0.1:65536/ http://127.0.0.1:<P>:<P>/ http://127.0.0.1%20/`.concat('', 'http://a b/')

interface Hostile {
  url: string
  reason: RefusalReason
}

function hostileUrls(port: number): Hostile[] {
  const hosts = [...SPECIAL_V4.flatMap(spellingsOf), ...SPECIAL_V6.map((address) => `[${address}]`), ...LOOPBACK]
  const atHosts = hosts.flatMap((host) => [`http://${host}:<P>/?key=s3cret`, `https://${host}:<P>/s3cret`])
  const as = (reason: RefusalReason, urls: string[]) =>
    urls.map((url) => ({ url: url.replaceAll('<P>', String(port)), reason }))
  return [
    ...as('address', [...atHosts, ...MISLEADING]),
    ...as('url', [...WITH_CREDENTIALS, ...OTHER_SCHEMES, ...MALFORMED]),
  ]
}

/** One IPv4 address as it is, in the numbers that URLs also accept, and inside IPv6 addresses. */
function spellingsOf(address: string): string[] {
  const bytes = ipaddr.parse(address).toByteArray()
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const [high, low] = [hex.slice(0, 4), hex.slice(4)]
  const inverted = bytes.map((byte) => (byte ^ 0xff).toString(16).padStart(2, '0')).join('')
  return [
    address,
    String(Number(`0x${hex}`)),
    bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
    `[::ffff:${address}]`,
    `[64:ff9b::${address}]`,
    `[2002:${high}:${low}::1]`,
    `[2001:0:${high}:${low}::fefe:fefe]`,
    `[2001:0:101:101::${inverted.slice(0, 4)}:${inverted.slice(4)}]`,
  ]
}

async function refusalOf(outbound: Outbound, url: string): Promise<OutboundRefused | undefined> {
  const refused: unknown = await outbound
    .send({ accountId: 1, method: 'GET', url, timeoutMs: 5000, maxBytes: 1000, redirectsMax: 3 })
    .catch((error) => error)
  return refused instanceof OutboundRefused ? refused : undefined
}

test('a hostile URL is refused in a sentence without secrets, and nothing connects', async (t) => {
  await using listener = await listen((_request, response) => response.end())
  const outbound = createOutbound({ allow: [], resolve: async () => ['127.0.0.1'] })
  t.after(outbound.close)

  const table = hostileUrls(listener.port)
  assert.ok(new Set(table.map(({ url }) => url)).size >= 300)
  for (const { url, reason } of table) {
    const refused = await refusalOf(outbound, url)
    assert.equal(refused?.reason, reason, url)
    assert.match(refused.message, /^\S.*\.$/)
    assert.doesNotMatch(refused.message, /s3cret|pa55/)
  }
  assert.equal(listener.connections.length, 0)
})

test('a redirect from a public address to a hostile URL connects to nothing', async (t) => {
  await using listener = await listen((_request, response) => response.end())
  let location = ''
  await using sender = await listen((_request, response) => response.writeHead(302, { location }).end())
  const resolve = async (hostname: string) => [hostname === 'sender.test' ? '127.0.0.9' : '127.0.0.1']
  const outbound = createOutbound({ allow: ['127.0.0.9/32'], resolve })
  t.after(outbound.close)

  // A header holds no line breaks, and of what is no whole URL some lead back to the sender.
  const table = hostileUrls(listener.port).filter(({ url }, index) => index % 3 === 0 && !/\p{Cc}/u.test(url))
  assert.ok(table.length >= 300)
  for (const { url, reason } of table) {
    location = Buffer.from(url).toString('latin1')
    const refused = await refusalOf(outbound, `http://sender.test:${sender.port}/`)
    if (reason === 'address' && !/^https?:\/?[^/]/.test(url)) assert.equal(refused?.reason, 'address', url)
  }
  assert.ok(sender.connections.length > 0)
  assert.equal(listener.connections.length, 0)
})

test('a name is refused when any of its addresses is not public', async (t) => {
  let addresses: string[] = []
  const outbound = createOutbound({ allow: [], resolve: async () => addresses })
  t.after(outbound.close)

  for (const address of [...SPECIAL_V4, ...SPECIAL_V6, 'fe80::1%1', 'not-an-address']) {
    addresses = ['1.1.1.1', address]
    const refused = await refusalOf(outbound, 'http://one.test/')
    assert.equal(refused?.reason, 'address', address)
    assert.equal(
      refused.message,
      'one.test has an address that is not public, and OUTBOUND_ALLOW does not name its range.',
    )
  }
})
