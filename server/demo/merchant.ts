import { messageOf } from '../src/thrown.ts'
import { type Documented, differences } from './compare.ts'
import { TOKEN } from './documents.ts'
import type { Report } from './report.ts'

const ANSWER_TIMEOUT_MS = 10_000
/** Shown in place of the token and the secret. */
const MASK = '***'
/** Characters of a body that may be shown again. */
const SHORT_MAX = 120

export interface WireCall {
  title: string
  method?: 'GET' | 'POST'
  path: string
  /** Arguments of the query beside the token. */
  query?: string
  /** JSON as it is sent, or the parts of a form. */
  body?: string | Form
  /** What the document says of the answer, in words. */
  says: string
  /** …and as an example. */
  documented: Documented
}

export interface Form {
  /** The part named `media`. */
  file: { name: string; bytes: Buffer<ArrayBuffer>; type: string }
  fields?: Record<string, string>
}

/** A merchant's program: it calls the wire, shows what goes out and what comes back, and compares that with the document. */
export class Merchant {
  readonly appid: string
  readonly #url: string
  readonly #report: Report
  #token = ''
  /** The steps in which long bodies were shown. */
  readonly #shownIn = new Map<string, number>()

  constructor(report: Report, url: string, appid: string) {
    this.#report = report
    this.#url = url
    this.appid = appid
  }

  async logIn(secret: string): Promise<void> {
    const query = `grant_type=client_credential&appid=${this.appid}&secret=${secret}`
    this.#report.step('A merchant’s program gets an access token')
    this.#report.sent(`GET /cgi-bin/token?${query.replace(secret, MASK)}`)
    const response = await this.#fetch(`/cgi-bin/token?${query}`, { method: 'GET' })
    this.#token = response.json.access_token ?? ''
    this.#report.came(response.text.replace(this.#token || MASK, MASK))
    const faults = [
      ...response.faults,
      ...differences({ like: TOKEN.answer, where: { expires_in: 7200 } }, response.json),
    ]
    this.#report.check('The platform’s answer: access_token, good for 7200 seconds.', faults)
    if (!this.#token) throw new Error('Without a token nothing else can be called.')
  }

  /** Make a call as one step of the demo. */
  // biome-ignore lint/suspicious/noExplicitAny: the answer may be anything, the check says what it is
  async call(call: WireCall): Promise<any> {
    this.#report.step(call.title)
    const response = await this.send(call)
    this.#report.came(response.text)
    this.#report.check(call.says, [...response.faults, ...differences(call.documented, response.json)])
    return response.json
  }

  /** Make a call and show what goes out, unless `quietly`. */
  async send(
    { method = 'POST', path, query, body }: Pick<WireCall, 'method' | 'path' | 'query' | 'body'>,
    { quietly = false } = {},
  ) {
    const target = (token: string) => `${path}?access_token=${token}${query ? `&${query}` : ''}`
    if (!quietly) {
      this.#report.sent(`${method} ${target(MASK)}`)
      if (body !== undefined) this.#showBody(body)
    }
    return await this.#fetch(target(this.#token), { method, body: typeof body === 'object' ? toFormData(body) : body })
  }

  /** Look at a picture behind its link. */
  async openPicture(link: string): Promise<void> {
    this.#report.sent(`GET ${link}`)
    const { response, bytes } = await request(link, { method: 'GET' })
    const type = response.headers.get('content-type')
    this.#report.came(`HTTP ${response.status}, ${type}, ${bytes.length.toLocaleString('en')} bytes`)
    const isPng = bytes.subarray(1, 4).toString('latin1') === 'PNG'
    const faults = [type !== 'image/png' && `the Content-Type is ${type}`, !isPng && 'it is no PNG']
    this.#report.check('The link opens the picture.', onlyFaults(faults))
  }

  async #fetch(target: string, init: RequestInit) {
    const { response, bytes } = await request(`${this.#url}${target}`, init)
    const text = bytes.toString()
    return { text, json: parseJson(text), faults: transportFaults(response, text) }
  }

  /** A long body is shown once; later steps refer to it. */
  #showBody(body: string | Form): void {
    const text = typeof body === 'string' ? body : describeForm(body)
    const shownIn = this.#shownIn.get(text)
    this.#report.more(shownIn ? `(the same body as in step ${shownIn})` : text)
    if (!shownIn && text.length > SHORT_MAX) this.#shownIn.set(text, this.#report.steps)
  }
}

/** @throws Error that says which request was not answered. */
async function request(url: string, init: RequestInit): Promise<{ response: Response; bytes: Buffer }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })
    return { response, bytes: Buffer.from(await response.arrayBuffer()) }
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    const why = isLate ? `within ${ANSWER_TIMEOUT_MS / 1000} s` : `(${messageOf(causeOf(error) ?? error)})`
    throw new Error(`${init.method} ${URL.parse(url)?.pathname ?? url} was not answered ${why}.`, { cause: error })
  }
}

const causeOf = (error: unknown) => (error instanceof Error ? error.cause : undefined)

// biome-ignore lint/suspicious/noExplicitAny: the answer may be anything
function parseJson(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function onlyFaults(faults: readonly (string | false)[]): string[] {
  return faults.filter((fault) => fault !== false)
}

/** What holds for every answer. Source: docs/protocol/conventions.md, answering. */
function transportFaults(response: Response, text: string): string[] {
  const contentType = response.headers.get('content-type') ?? ''
  return onlyFaults([
    response.status !== 200 && `the HTTP status is ${response.status}, every answer's is 200`,
    !contentType.includes('application/json') && `the Content-Type is "${contentType}", not application/json`,
    text.includes('\n') && 'the answer has more than one line',
  ])
}

function toFormData({ file, fields = {} }: Form): FormData {
  const form = new FormData()
  form.set('media', new Blob([file.bytes], { type: file.type }), file.name)
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

function describeForm({ file, fields = {} }: Form): string {
  const media = `media=@${file.name} (${file.type}, ${file.bytes.length.toLocaleString('en')} bytes)`
  return `multipart/form-data: ${[media, ...Object.entries(fields).map((field) => field.join('='))].join(', ')}`
}
