import { api } from '@shenpi/sdk/contract/api'
import type { Place } from '../server/test/databases.ts'
import { aPicture } from '../server/test/factories.ts'
import { lay } from './databases.ts'
import { toRequest } from './load.ts'
import { type Shenpi, startShenpi } from './processes.ts'

/** What calls need of a server. */
type Called = Pick<Shenpi, 'url' | 'api'>

/** A category application, as `audit_category` takes it. */
export interface BenchSubmission {
  audit_req: {
    license: string[]
    category_info: { level1: number; level2: number; level3: number; certificate: string[] }
    scene_group_list: number[]
  }
}

/** An account that calls. */
export interface Merchant {
  appid: string
  accountId: number
  token: string
}

/** What one account needs to apply for a category. */
export interface Applicant extends Merchant {
  /** A picture of its own, so that no application leaves one to be fetched. */
  license: string
}

export const FIRST_CATEGORY = 100_000
export const LEVEL1 = 10
export const LEVEL2 = 20
/** Categories that fit into one request. */
const IMPORT_MAX = 2000

/** Import categories that need no certificate: `FIRST_CATEGORY` and those that follow. */
export async function importCategories({ api: client }: Shenpi, count: number): Promise<void> {
  for (let start = 0; start < count; start += IMPORT_MAX) {
    const third_cat_list = Array.from({ length: Math.min(IMPORT_MAX, count - start) }, (_, index) => ({
      third_cat_id: FIRST_CATEGORY + start + index,
      third_cat_name: 'c',
      second_cat_id: LEVEL2,
      second_cat_name: 'b',
      first_cat_id: LEVEL1,
      first_cat_name: 'a',
      qualification: '',
      qualification_type: 2,
      product_qualification: '',
      product_qualification_type: 0,
      scene_group_list: [1],
    }))
    await client.call(api.importCategories, { body: { third_cat_list } })
  }
}

/** Create an account with a token. */
export async function createAccount({ api: client, url }: Called): Promise<Merchant> {
  const { appid, secret } = await client.call(api.createAccount, { body: { name: 'Acme' } })
  const token = await issueToken(url, { appid, secret })
  return { appid, accountId: Number.parseInt(token.split('_')[0] as string, 36), token }
}

/** Create an account with a token, the shop component open, and an uploaded picture. */
export async function createApplicant(server: Called): Promise<Applicant> {
  const merchant = await createAccount(server)
  await openShop(server, merchant)
  const form = new FormData()
  form.set('resp_type', '1')
  form.set('media', new Blob([new Uint8Array(await aPicture())], { type: 'image/png' }), 'picture')
  const answer = await fetch(`${server.url}/shop/img/upload?access_token=${merchant.token}`, {
    method: 'POST',
    body: form,
  })
  const { img_info } = (await answer.json()) as { img_info: { temp_img_url: string } }
  return { ...merchant, license: img_info.temp_img_url }
}

/** Apply for the shop component, as the first application of a new account, and approve it. @returns the application's id */
export async function openShop(
  { url, api: client }: Called,
  { accountId, token }: { accountId: number; token: string },
): Promise<string> {
  const answer = await fetch(`${url}/shop/register/apply?access_token=${token}`, { method: 'POST', body: '{}' })
  const { errcode, errmsg } = (await answer.json()) as { errcode: number; errmsg: string }
  if (errcode !== 0) throw new Error(`the shop was refused: ${errmsg}`)
  const id = `${accountId}-1`
  await client.call(api.decideApplication, { params: { id }, version: 1, body: { move: 'approve' } })
  return id
}

export async function issueToken(url: string, { appid, secret }: { appid: string; secret: string }): Promise<string> {
  const query = new URLSearchParams({ grant_type: 'client_credential', appid, secret })
  const answer = await fetch(`${url}/cgi-bin/token?${query}`)
  return ((await answer.json()) as { access_token: string }).access_token
}

/**
 * Make a database for the other side, one of Shenpi's as well: by its migrations, with the accounts that the keys of
 * what is written point at.
 */
export async function layAccounts(place: Place, merchants: readonly Merchant[]): Promise<void> {
  await (await startShenpi(place))[Symbol.asyncDispose]()
  const statements = merchants.flatMap(({ accountId, appid }) => [
    `insert into account (account_id, appid, original_id, name, secret_hash, scene_groups, created_at)
     values (${accountId}, '${appid}', 'gh_1', 'Acme', '', '[1]', 0)`,
    `insert into account_journal (account_id, application_no, entry_no, delivery_no, entry_hash, event_time)
     values (${accountId}, 0, 0, 0, '', 0)`,
  ])
  await lay(place, statements.join(';'))
}

/** @param license a link to a picture @param index the category: 0 the first imported one */
export function aSubmission(license: string, index: number): BenchSubmission {
  const category_info = { level1: LEVEL1, level2: LEVEL2, level3: FIRST_CATEGORY + index, certificate: [] }
  return { audit_req: { license: [license], category_info, scene_group_list: [1] } }
}

/** Applies once; @returns the audit_id */
export async function submit(url: string, applicant: Applicant, index: number): Promise<string> {
  const answer = await fetch(`${url}/shop/audit/audit_category?access_token=${applicant.token}`, {
    method: 'POST',
    body: JSON.stringify(aSubmission(applicant.license, index)),
  })
  const { audit_id, errmsg } = (await answer.json()) as { audit_id?: string; errmsg: string }
  if (!audit_id) throw new Error(`the application was refused: ${errmsg}`)
  return audit_id
}

/**
 * Requests that each apply for another subject, the accounts in turn.
 *
 * @param pathOf where an account's requests go
 * @throws Error when there are no subjects left
 */
export function submissions(
  applicants: readonly Applicant[],
  categories: number,
  pathOf: (applicant: Applicant) => string,
): () => string {
  let count = 0
  return () => {
    const applicant = applicants[count % applicants.length] as Applicant
    const index = Math.floor(count / applicants.length)
    if (index >= categories) throw new Error(`${count} submissions are all that were prepared: take fewer rounds`)
    count += 1
    return toRequest(pathOf(applicant), aSubmission(applicant.license, index))
  }
}
