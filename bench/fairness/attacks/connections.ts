import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { toRequest } from '../../load.ts'
import { createAccount } from '../../submissions.ts'
import { type Attack, keepAt } from '../target.ts'

const PIPELINED = 20_000
const UNREAD_CONNECTIONS = 20
const UNREAD_REQUESTS = 2000
/** How long answers are left unread before the connection is given up for another. */
const UNREAD_MS = 5000

/** A5: requests by the thousand on one connection, and answers that nobody reads. */
export const hoggedConnections: Attack = async ({ url, ...target }) => {
  const { token } = await createAccount({ url, ...target })
  const { hostname, port } = new URL(url)
  const open = async () => {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    await once(socket, 'connect')
    return socket
  }
  const request = toRequest(`/shakearound/device/applystatus?access_token=${token}`, { apply_id: 1 })
  const pipelined = Buffer.from(request.repeat(PIPELINED))
  const documents = 'GET /openapi.json HTTP/1.1\r\nhost: bench\r\n\r\n'.repeat(UNREAD_REQUESTS)
  return async () => {
    keepAt(1, async () => {
      const socket = await open()
      const isClosed = new Promise((closed) => socket.once('close', closed))
      let size = 0
      const isAnswered = new Promise<void>((answered) => {
        socket.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > PIPELINED * 100) answered()
        })
      })
      socket.write(pipelined)
      await Promise.race([isClosed, isAnswered, wait(UNREAD_MS)])
      socket.destroy()
    })
    keepAt(UNREAD_CONNECTIONS, async () => {
      const socket = (await open()).pause()
      socket.write(documents)
      await wait(UNREAD_MS)
      socket.destroy()
    })
  }
}
