import { isObject } from './contract/is-object.ts'

/** How long one try may take before it counts as unanswered. Unit: milliseconds. */
export const TIMEOUT_MS = 30_000

export type Fetch = (url: string | URL, init: RequestInit) => Promise<Response>

export interface CallOptions {
  /** Gives the whole call up, its waits and repeats too; the call then throws the signal's reason. */
  signal?: AbortSignal
  /** For each try. Unit: milliseconds. Default: the client's. */
  timeoutMs?: number
}

/**
 * Nobody answered, or somebody who does not speak the protocol. Whether the call was carried out is unknown.
 *
 * It keeps no cause: what some runtimes throw names the whole URL, and a URL of the wire holds a token.
 */
export class UnansweredError extends Error {
  /** The call's path. */
  readonly path: string
  /** What came instead of an answer. */
  readonly reason: string
  /** HTTP status, where there was an answer at all. */
  readonly status: number | undefined

  constructor(path: string, reason: string, status?: number) {
    super(`${path}: ${reason}`)
    this.name = 'UnansweredError'
    this.path = path
    this.reason = reason
    this.status = status
  }
}

export interface Exchange {
  status: number
  /** The answer's JSON. */
  content: unknown
}

/**
 * Send one request and read its JSON. A redirect is not followed: it would carry credentials to somewhere else.
 *
 * @param path names the call in errors
 * @throws UnansweredError when there is no answer in JSON; the reason of `signal` once that is aborted.
 */
export async function exchange(
  fetch: Fetch,
  { path, url, init }: { path: string; url: URL; init: RequestInit },
  { signal, timeoutMs }: { signal?: AbortSignal; timeoutMs: number },
): Promise<Exchange> {
  signal?.throwIfAborted()
  const timeout = AbortSignal.timeout(timeoutMs)
  let status: number | undefined
  let text: string
  let redirected: boolean
  try {
    const both = signal ? AbortSignal.any([signal, timeout]) : timeout
    const response = await fetch(url, { ...init, redirect: 'manual', signal: both })
    status = response.status
    redirected = isRedirect(response)
    text = await response.text()
  } catch (error) {
    signal?.throwIfAborted()
    throw new UnansweredError(path, timeout.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error), status)
  }
  if (redirected) throw new UnansweredError(path, 'a redirect, which is not followed', status || undefined)
  try {
    return { status, content: JSON.parse(text) }
  } catch {
    throw new UnansweredError(path, `HTTP ${status} without JSON`, status)
  }
}

/** A browser hides what a redirect says, its status too. */
const isRedirect = ({ type, status }: Response) => type === 'opaqueredirect' || (status >= 300 && status < 400)

function reasonOf(error: unknown): string {
  const { code, cause, name }: Record<string, unknown> = isObject(error) ? error : {}
  const deeper = isObject(cause) ? cause.code : undefined
  return `no answer (${deeper ?? code ?? name ?? 'unknown'})`
}
