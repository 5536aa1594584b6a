import { isObject } from '@shenpi/sdk/contract/is-object'
import type { Configuration } from 'openid-client'
import type { Logger } from 'pino'
import { Problem } from '../problem.ts'
import { messageOf } from '../thrown.ts'
import type { OidcConfig } from './oidc-config.ts'

/** How long the provider may take for each answer. Unit: seconds. */
const TIMEOUT_S = 10

/** What the callback must know of the request that began it. */
export interface Begun {
  state: string
  nonce: string
  verifier: string
}

/** Somebody as the provider knows them. */
export interface Identity {
  /** Issuer and subject: what is never given to anybody else. */
  subject: string
  name: string
  groups: readonly string[]
}

/** Asks the provider. What it says of itself is read at the first sign-in, and again after it could not be read. */
export class OidcClient {
  readonly #config: OidcConfig
  readonly #log: Logger
  #provider: Promise<Configuration> | undefined

  constructor(config: OidcConfig, log: Logger) {
    this.#config = config
    this.#log = log
  }

  /** Where the browser is to go. @throws Problem `sign_in.provider_down` */
  async begin(redirectUri: string): Promise<{ url: URL; begun: Begun }> {
    const client = await import('openid-client')
    const provider = await this.#discover()
    const begun = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    }
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      state: begun.state,
      nonce: begun.nonce,
    })
    return { url, begun }
  }

  /**
   * Who came back.
   *
   * @param url where the provider sent the browser
   * @throws Problem `sign_in.provider_down`, `sign_in.provider_refused`
   */
  async finish(url: URL, { state, nonce, verifier }: Begun): Promise<Identity> {
    const client = await import('openid-client')
    const provider = await this.#discover()
    try {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
      const tokens = await client.authorizationCodeGrant(provider, url, checks)
      const claims = tokens.claims()
      if (!claims) throw new Error('there is no ID token')
      const known = { ...claims }
      // Many providers tell groups and names only there.
      const isWhole = this.#config.groupsClaim in known && this.#config.nameClaim in known
      if (!isWhole) Object.assign(known, await client.fetchUserInfo(provider, tokens.access_token, claims.sub))
      return this.#toIdentity(`${claims.iss} ${claims.sub}`, known)
    } catch (error) {
      // Without what the library tells besides, where codes and tokens may stand.
      this.#log.warn({ why: messageOf(error) }, 'a sign-in by the provider failed')
      throw new Problem('sign_in.provider_refused', messageOf(error))
    }
  }

  #toIdentity(subject: string, claims: unknown): Identity {
    const { groupsClaim, nameClaim } = this.#config
    const { [groupsClaim]: groups, [nameClaim]: name }: Record<string, unknown> = isObject(claims) ? claims : {}
    if (typeof name !== 'string') throw new Error(`the provider tells no name in the claim ${nameClaim}`)
    const told = Array.isArray(groups) ? groups.map(String) : typeof groups === 'string' ? [groups] : []
    return { subject, name, groups: told }
  }

  #discover(): Promise<Configuration> {
    this.#provider ??= this.#read().catch((error: unknown) => {
      this.#provider = undefined
      this.#log.warn({ why: messageOf(error) }, 'the provider that staff sign in by does not answer')
      throw new Problem('sign_in.provider_down')
    })
    return this.#provider
  }

  async #read(): Promise<Configuration> {
    const client = await import('openid-client')
    const { issuer, clientId, clientSecret } = this.#config
    const secret = clientSecret ? client.ClientSecretBasic(clientSecret) : client.None()
    const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : []
    return await client.discovery(new URL(issuer), clientId, undefined, secret, { execute, timeout: TIMEOUT_S })
  }
}
