import { platform } from '@shenpi/sdk'
import { type IssuedToken, issueStableToken, issueToken } from '../../accounts/issue-token.ts'
import type { Services } from '../../services.ts'
import type { ServeCall } from './wire.ts'

const toToken = ({ token, expiresIn }: IssuedToken) => ({ access_token: token, expires_in: expiresIn })

export function tokenRoutes(serve: ServeCall, { issuer }: Services): void {
  serve(platform.token, async ({ body }) => toToken(await issueToken(issuer, body)))

  serve(platform.stableToken, async ({ body: { appid, secret, force_refresh: force = false } }) =>
    toToken(await issueStableToken(issuer, { appid, secret, force })),
  )
}
