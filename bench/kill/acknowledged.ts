import type { ApplicationState } from '@shenpi/sdk/contract/states'

/** Everything that the server has said is done, and so must not lose. */
export class Acknowledged {
  /** By the application's id: the state that was answered last. */
  readonly applications = new Map<string, ApplicationState>()
  /** Access tokens with their accounts, and when they were answered on the clock of `performance`. */
  readonly tokens: { accountId: number; token: string; at: number }[] = []
  /** Answers in all. */
  count = 0

  token(accountId: number, token: string): void {
    this.count += 1
    this.tokens.push({ accountId, token, at: performance.now() })
  }

  /** Those that the server must still know: the last one of each account, and the others while both are good. */
  tokensKept(overlapMs: number): { accountId: number; token: string }[] {
    const last = new Map(this.tokens.map(({ accountId, token }) => [accountId, token]))
    const since = performance.now() - overlapMs
    return this.tokens.filter(({ accountId, token, at }) => at > since || last.get(accountId) === token)
  }

  application(id: string, state: ApplicationState): void {
    this.count += 1
    this.applications.set(id, state)
  }
}
