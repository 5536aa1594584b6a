import type { ApplicationState } from '../../server/src/applications/application.ts'

/** Everything that the server has said is done, and so must not lose. */
export class Acknowledged {
  /** By the application's id: the state that was answered last. */
  readonly applications = new Map<string, ApplicationState>()
  /** Access tokens with their accounts. */
  readonly tokens: { accountId: number; token: string }[] = []
  /** Answers in all. */
  count = 0

  token(accountId: number, token: string): void {
    this.count += 1
    this.tokens.push({ accountId, token })
  }

  application(id: string, state: ApplicationState): void {
    this.count += 1
    this.applications.set(id, state)
  }
}
