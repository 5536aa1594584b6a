import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { api } from '@shenpi/sdk/contract/api'
import { lay } from '../../databases.ts'
import { type Applicant, submit } from '../../submissions.ts'
import { type Attack, createApplicants, decideAll, forEach, keepAt, type Target } from '../target.ts'

/** A2: merchants whose receivers accept every callback and never answer, each with many due deliveries. */
export const hangingReceivers = (merchants: number, each: number): Attack => {
  return async (target) => {
    const applicants = await createApplicants(target, merchants)
    const ids = await promiseCallbacks(target, applicants, each)
    return () => decideAll(target, ids)
  }
}

const DEAD_MERCHANTS = 32
const DEAD_DELIVERIES = 20
const DEAD_LINKS_AT_ONCE = 8

/** A1: merchants whose receivers and pictures have names with a silent nameserver. */
export const deadNameserver: Attack = async (target) => {
  const applicants = await createApplicants(target, DEAD_MERCHANTS)
  const ids = await promiseCallbacks(target, applicants, DEAD_DELIVERIES)
  // After the address was verified its nameserver dies.
  const moved = applicants.map(
    ({ accountId }) =>
      `update callback_setting set url = 'http://receiver-${accountId}.example/callback' where account_id = ${accountId}`,
  )
  await lay(target.place, moved.join(';'))
  return async () => {
    let count = 0
    keepAt(DEAD_LINKS_AT_ONCE, async (index) => {
      const { token } = applicants[index % applicants.length] as Applicant
      count += 1
      const form = new FormData()
      form.set('resp_type', '1')
      form.set('upload_type', '1')
      form.set('img_url', `http://pictures-${count}.example/picture.png`)
      const answer = await fetch(`${target.url}/shop/img/upload?access_token=${token}`, { method: 'POST', body: form })
      await answer.text()
    })
    await decideAll(target, ids)
  }
}

/** Give each merchant a receiver that hangs, and applications to be decided. @returns the applications' ids */
async function promiseCallbacks(target: Target, applicants: readonly Applicant[], each: number): Promise<string[]> {
  const ids: string[] = []
  await forEach(applicants, 8, async (applicant) => {
    const url = await startHangingReceiver()
    const { appid } = applicant
    const body = { url, token: 'ReceiverToken', encoding_aes_key: '', mode: 'plain', format: 'json' } as const
    await target.api.call(api.setCallback, { params: { appid }, body })
    for (let index = 0; index < each; index += 1) ids.push(await submit(target.url, applicant, index))
  })
  return ids
}

/** Answers the verification of its address and nothing else. */
async function startHangingReceiver(): Promise<string> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://receiver')
    if (request.method === 'GET') response.end(searchParams.get('echostr'))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
}
