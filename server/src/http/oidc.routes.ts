import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import type { Services } from '../services.ts'
import { lifetimeOf } from '../staff/sessions/session.ts'
import { giveSession, keepOidc, oidcOf, originOf, refuseInsecure } from './session-cookie.ts'

const BEGIN = '/v1/sign-in/oidc'
const CALLBACK = `${BEGIN}/callback`

/** Sign-in by the provider, below `/api`: two plain visits of the browser, which come back to the console whatever happens. */
export function oidcRoutes(app: FastifyInstance, services: Services): void {
  const { oidc } = services.config
  app.get<{ Querystring: Record<string, string> }>(BEGIN, (request, reply) =>
    orTellConsole(reply, async () => {
      refuseInsecure(request)
      const { sealChallenge } = await import('../sign-in/challenge.ts')
      const signIn = await services.signIn()
      if (!signIn.oidc) throw new Problem('sign_in.way_closed')
      const { url, begun } = await signIn.oidc.begin(callbackUrl(services, request).href)
      const known = [begun.state, begun.nonce, begun.verifier, toReturn(request.query.return_to)]
      keepOidc(reply, sealChallenge(signIn, 'oidc', known))
      return url.href
    }),
  )

  app.get(CALLBACK, (request, reply) =>
    orTellConsole(reply, async () => {
      const signIn = await services.signIn()
      if (!signIn.oidc || !oidc) throw new Problem('sign_in.way_closed')
      const { openChallenge } = await import('../sign-in/challenge.ts')
      const { signInWithOidc } = await import('../sign-in/sign-in-with-oidc.ts')
      const { visitorOf } = await import('./visitor.ts')
      const [state = '', nonce = '', verifier = '', back = ''] = openChallenge(signIn, 'oidc', oidcOf(request) ?? '')
      const came = new URL(request.url, callbackUrl(services, request))
      const identity = await signIn.oidc.finish(came, { state, nonce, verifier })
      const token = await signInWithOidc(signIn, identity, oidc, visitorOf(request))
      giveSession(reply, token, lifetimeOf(signIn.limits, 'oidc'))
      return back
    }),
  )
}

const callbackUrl = (services: Services, request: FastifyRequest) =>
  new URL(`/api${CALLBACK}`, originOf(services, request))

/** Only to the console: a link to the sign-in must not lead to somebody else's page. */
function toReturn(asked: string | undefined): string {
  const url = URL.parse(asked ?? '', 'http://console')
  const isOwn = url?.origin === 'http://console' && url.pathname.startsWith('/console/')
  return isOwn ? `${url.pathname}${url.search}` : '/console/'
}

/** A refusal is told by the console's sign-in page, which knows the words. */
async function orTellConsole(reply: FastifyReply, work: () => Promise<string>) {
  try {
    return reply.redirect(await work())
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    reply.request.refused = error
    return reply.redirect(`/console/sign-in?problem=${error.code}`)
  }
}
