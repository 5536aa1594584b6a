import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** The answer for a name: addresses and an alias, a failure's code, silence, or an answer by TCP only. */
export type Saying =
  | { A?: string[]; AAAA?: string[]; CNAME?: string }
  | 'SERVFAIL'
  | 'NXDOMAIN'
  | 'silent'
  | 'truncated'

export interface Nameserver extends AsyncDisposable {
  /** In the form of `dns.setServers`. */
  address: string
  /** Each question in order: `A one.test`. */
  asked: string[]
}

interface Question {
  id: Buffer
  name: string
  type: 'A' | 'AAAA'
  /** As it stands in the message. */
  bytes: Buffer
}

const TYPES = { A: 1, CNAME: 5, AAAA: 28 } as const
const CODES = { SERVFAIL: 2, NXDOMAIN: 3 } as const
/** An answer of a nameserver that looks names up recursively. */
const FLAGS = 0x8180
const TRUNCATED = 0x0200
const SERVED_BY_TCP = ['127.0.0.1']

/** A real nameserver on a free port of loopback, UDP and TCP. @param say gives the answer, now or later */
export async function startNameserver(
  say: (name: string, type: 'A' | 'AAAA') => Saying | Promise<Saying>,
): Promise<Nameserver> {
  const asked: string[] = []
  const connections = new Set<Socket>()
  const tcp = createServer((socket) => {
    connections.add(socket)
    socket.on('error', () => {})
    socket.on('data', async (data) => {
      const answer = await answerTo(data.subarray(2), true)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(answer?.length ?? 0)
      if (answer) socket.write(Buffer.concat([length, answer]))
    })
  })
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const { port } = tcp.address() as AddressInfo

  const udp = createSocket('udp4')
  udp.on('message', async (data, from) => {
    const answer = await answerTo(data, false)
    if (answer && !closed) udp.send(answer, from.port, from.address)
  })
  let closed = false
  udp.bind(port, '127.0.0.1')
  await once(udp, 'listening')

  async function answerTo(message: Buffer, byTcp: boolean): Promise<Buffer | undefined> {
    const question = readQuestion(message)
    asked.push(`${question.type} ${question.name}`)
    const saying = await say(question.name, question.type)
    if (saying === 'silent') return undefined
    if (saying !== 'truncated') return toAnswer(question, saying)
    return byTcp ? toAnswer(question, { A: SERVED_BY_TCP }) : header(question, FLAGS | TRUNCATED, 0)
  }

  return {
    address: `127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      closed = true
      for (const socket of connections) socket.destroy()
      udp.close()
      tcp.close()
      await Promise.all([once(udp, 'close'), once(tcp, 'close')])
    },
  }
}

function readQuestion(message: Buffer): Question {
  const labels: string[] = []
  let at = 12
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  const type = message.readUInt16BE(at + 1) === TYPES.A ? 'A' : 'AAAA'
  return { id: message.subarray(0, 2), name: labels.join('.'), type, bytes: message.subarray(12, at + 5) }
}

function toAnswer(question: Question, saying: Exclude<Saying, 'silent' | 'truncated'>): Buffer {
  if (typeof saying === 'string') return header(question, FLAGS | CODES[saying], 0)
  const addresses = saying[question.type] ?? []
  const owner = saying.CNAME === undefined ? Buffer.from([0xc0, 12]) : encodeName(saying.CNAME)
  const records = [
    ...(saying.CNAME === undefined ? [] : [record(Buffer.from([0xc0, 12]), 'CNAME', owner)]),
    ...addresses.map((address) => record(owner, question.type, encodeAddress(address))),
  ]
  return Buffer.concat([header(question, FLAGS, records.length), ...records])
}

function header({ id, bytes }: Question, flags: number, answers: number): Buffer {
  const rest = Buffer.alloc(10)
  rest.writeUInt16BE(flags, 0)
  rest.writeUInt16BE(1, 2)
  rest.writeUInt16BE(answers, 4)
  return Buffer.concat([id, rest, bytes])
}

function record(owner: Buffer, type: keyof typeof TYPES, data: Buffer): Buffer {
  const middle = Buffer.alloc(10)
  middle.writeUInt16BE(TYPES[type], 0)
  middle.writeUInt16BE(1, 2)
  middle.writeUInt32BE(60, 4)
  middle.writeUInt16BE(data.length, 8)
  return Buffer.concat([owner, middle, data])
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([...labels, Buffer.from([0])])
}

/** IPv4, or IPv6 written in full. */
function encodeAddress(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number))
  return Buffer.concat(address.split(':').map((group) => Buffer.from(group.padStart(4, '0'), 'hex')))
}
