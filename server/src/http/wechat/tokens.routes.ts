import { tokens } from '@shenpi/sdk/contract/wire'
import type { Services } from '../../services.ts'
import { type IssuedToken, issueStableToken, issueToken } from '../../tokens/issue-token.ts'
import type { ServeCall } from './serve-calls.ts'

const toToken = ({ token, expiresIn }: IssuedToken) => ({ access_token: token, expires_in: expiresIn })

export function tokensRoutes(serve: ServeCall, { issuer }: Services): void {
  serve(tokens.token, async ({ body, authenticate }) => toToken(await issueToken(issuer, await authenticate(body))))

  serve(tokens.stableToken, async ({ body, authenticate }) => {
    const { secret, force_refresh: force = false } = body
    return toToken(await issueStableToken(issuer, await authenticate(body), { secret, force }))
  })
}
