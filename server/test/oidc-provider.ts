import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Who sits at the provider's page. */
export interface Person {
  id: string
  /** Claims beside the id. */
  claims: Record<string, unknown>
}

export interface TestProvider extends AsyncDisposable {
  issuer: string
  person: Person
  /** Begin to answer, for one client. */
  open(redirectUri: string): Promise<void>
  /** Answer nothing in order any more. */
  shut(): void
}

export const CLIENT = { id: 'shenpi', secret: 'a secret of the client, long enough' }

/** A real OpenID Connect provider on a free port, at which somebody is signed in. */
export async function startProvider(person: Person): Promise<TestProvider> {
  let handle = (_request: IncomingMessage, response: ServerResponse): unknown => response.writeHead(503).end()
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const provider: TestProvider = {
    issuer: `http://127.0.0.1:${port}`,
    person,
    async open(redirectUri) {
      const made = await makeProvider(provider, redirectUri)
      const answer = made.callback()
      handle = async (request, response) => {
        if (!request.url?.startsWith('/interaction/')) return answer(request, response)
        return await made.interactionFinished(request, response, { login: { accountId: provider.person.id } })
      }
    },
    shut() {
      handle = (_request, response) => response.writeHead(503).end()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return provider
}

async function makeProvider(of: TestProvider, redirectUri: string) {
  // @ts-expect-error The package brings no types.
  const { default: Provider } = await import('oidc-provider')
  return new Provider(of.issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: Object.keys(of.person.claims) },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key of a test'] },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...of.person.claims }),
    }),
    // biome-ignore lint/suspicious/noExplicitAny: as above
    async loadExistingGrant(context: any) {
      const { client, session, provider } = context.oidc
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  })
}
