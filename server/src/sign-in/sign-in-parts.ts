import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Caches } from '../caches.ts'
import { drawInstallationSecret } from '../db/installation-secret.ts'
import type { Schema } from '../db/schema.ts'
import { FailureLog } from '../log/failure-log.ts'
import type { SessionLimits } from '../staff/sessions/session.ts'
import { SessionCheck } from '../staff/sessions/session-check.ts'
import type { Clock } from '../time/clock.ts'
import { HashTurns } from './hash-turns.ts'
import { OidcClient } from './oidc-client.ts'
import type { OidcConfig } from './oidc-config.ts'
import { Seal } from './seal.ts'

/** What signing in needs, put together at its first use. */
export interface SignInParts {
  db: Kysely<Schema>
  clock: Clock
  log: Logger
  failures: FailureLog
  limits: SessionLimits
  sessions: SessionCheck
  seal: Seal
  turns: HashTurns
  /** Where there is a provider. */
  oidc: OidcClient | undefined
}

interface Given extends Pick<SignInParts, 'db' | 'clock' | 'log' | 'limits'> {
  oidc: OidcConfig | undefined
  caches: Caches
}

export async function createSignIn({ oidc, caches, ...parts }: Given): Promise<SignInParts> {
  const failures = new FailureLog(parts.log)
  return {
    ...parts,
    failures,
    sessions: new SessionCheck({ ...parts, failures, caches }),
    seal: new Seal(await drawInstallationSecret(parts.db, 'sign_in')),
    turns: new HashTurns(),
    oidc: oidc && new OidcClient(oidc, parts.log),
  }
}
