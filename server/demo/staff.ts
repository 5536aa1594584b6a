import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ApiClient, createApiClient } from '@shenpi/sdk/client'
import { type ApiApplication, api } from '@shenpi/sdk/contract/api'
import type { Report } from './report.ts'
import type { ServerProcess } from './server-process.ts'

/** The people who review, with the command line and with the native API. */
export class Staff {
  readonly #report: Report
  readonly #server: ServerProcess
  readonly #api: ApiClient

  constructor(report: Report, server: ServerProcess) {
    this.#report = report
    this.#server = server
    const key = readFileSync(join(server.dataDir, 'api-key'), 'utf8').trim()
    this.#api = createApiClient({ url: server.url, key })
  }

  /** Run a command, show it, and check that it succeeds and says what it should. */
  async command(args: readonly string[], claim: string, output: RegExp): Promise<void> {
    const ran = await this.#server.shenpi(args)
    this.#report.command(`npx shenpi ${args.map(toShellWord).join(' ')}`, ran.output)
    const faults = output.test(ran.output) ? [] : [`it does not say ${output}`]
    if (ran.exitCode !== 0) faults.unshift(`the command ended with code ${ran.exitCode}`)
    this.#report.check(claim, faults)
  }

  /**
   * The one application of a kind that is under review.
   *
   * @throws Error when there is none.
   */
  async waiting(kind: ApiApplication['kind']): Promise<ApiApplication> {
    const { items } = await this.#api.call(api.listApplications, { query: { state: 'under_review', kind } })
    if (!items[0]) throw new Error(`No ${kind} is under review.`)
    return items[0]
  }

  /** Approve by the native API. */
  async approve({ id, version }: ApiApplication): Promise<void> {
    const body = { move: 'approve' } as const
    this.#report.sent(`POST /api/v1/applications/${id}/decision    Authorization: Bearer ***    If-Match: "${version}"`)
    this.#report.more(JSON.stringify(body))
    const decided = await this.#api.call(api.decideApplication, { params: { id }, version, body })
    this.#report.came(JSON.stringify(decided))
    this.#report.check(
      'The native API: the application is approved.',
      decided.state === 'approved' ? [] : [`its state is ${decided.state}`],
    )
  }
}

function toShellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word}"`
}
