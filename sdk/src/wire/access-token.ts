/** A token is renewed this long before its end, or in the second half of its life if that is shorter. Unit: milliseconds. */
export const RENEWAL_MARGIN_MS = 240_000
/** After an early renewal failed, this long passes before the next try. Unit: milliseconds. */
const SECOND_TRY_MS = 30_000

export interface AccessToken {
  token: string
  /** From here on it is renewed. Epoch milliseconds. */
  renewAt: number
  /** Epoch milliseconds. */
  endsAt: number
}

/** Where several processes keep the tokens that they share: a table, a Redis, a file. It keeps secrets. */
export interface TokenStore {
  find(key: string): Promise<AccessToken | undefined>
  save(key: string, token: AccessToken): Promise<void>
  /** Do the work while no other process does the same for this key. Without it two may renew at once; both go on. */
  exclusively?<T>(key: string, work: () => Promise<T>): Promise<T>
}

export interface SharedToken {
  /** A token that is good as far as anybody here knows. */
  get(): Promise<string>
  /** Another token than this one, which the platform has refused. */
  replace(refused: string): Promise<string>
}

/**
 * One account's token for everybody who calls: asked for once, however many wait, and renewed before it ends. Nobody
 * waits for an early renewal: until it is there, the token that is still good serves on.
 *
 * @param request asks the platform for a token
 * @param now epoch milliseconds
 */
export function shareToken({
  key,
  store,
  request,
  now,
}: {
  key: string
  store?: TokenStore
  request: () => Promise<{ access_token: string; expires_in: number }>
  now: () => number
}): SharedToken {
  let held: AccessToken | undefined
  let refused: string | undefined
  let renewal: Promise<AccessToken> | undefined

  const isGood = (token: AccessToken, until: 'renewAt' | 'endsAt' = 'renewAt') =>
    token.token !== refused && now() < token[until]

  /** Another process may have renewed it meanwhile. */
  async function findOrRequest(): Promise<AccessToken> {
    const stored = await store?.find(key)
    if (stored && isGood(stored)) return stored
    const { access_token: token, expires_in } = await request()
    // Should it be the refused one again, the platform has changed its mind: asking once more would not help.
    refused = undefined
    const lifeMs = expires_in * 1000
    const endsAt = now() + lifeMs
    const renewed = { token, renewAt: endsAt - Math.min(RENEWAL_MARGIN_MS, lifeMs / 2), endsAt }
    await store?.save(key, renewed)
    return renewed
  }

  async function findRenewed(): Promise<AccessToken> {
    held = await (store?.exclusively ? store.exclusively(key, findOrRequest) : findOrRequest())
    return held
  }

  function renew(): Promise<AccessToken> {
    // Forgotten after it is kept, in this order even where the store throws before it gives a promise.
    renewal ??= findRenewed().finally(() => {
      renewal = undefined
    })
    return renewal
  }

  async function get(): Promise<string> {
    const current = held
    if (current && isGood(current)) return current.token
    const renewed = renew()
    if (!current || !isGood(current, 'endsAt')) return (await renewed).token
    renewed.catch(() => {
      held = { ...current, renewAt: Math.min(current.endsAt, now() + SECOND_TRY_MS) }
    })
    return current.token
  }

  return {
    get,
    replace(token) {
      // Of many who were refused with the same token, the first renews it and the others find it renewed.
      if (!held || held.token === token) refused = token
      return get()
    },
  }
}
