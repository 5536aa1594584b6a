export interface Deadline extends Disposable {
  signal: AbortSignal
  /** Rejects with the reason of `signal`; never resolves. */
  aborted: Promise<never>
}

/**
 * A signal that aborts with `expired()` after `timeoutMs`, or earlier with the reason of `outer`.
 * Dispose of it when the work is done.
 */
export function deadline(timeoutMs: number, expired: () => Error, outer?: AbortSignal): Deadline {
  const controller = new AbortController()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  // Whoever races against it may be done before it is aborted.
  aborted.catch(() => {})

  function abort(reason: unknown) {
    controller.abort(reason)
    reject(reason)
  }
  const timer = setTimeout(() => abort(expired()), timeoutMs)
  const follow = () => abort(outer?.reason)
  if (outer?.aborted) follow()
  else outer?.addEventListener('abort', follow)

  return {
    signal: controller.signal,
    aborted,
    [Symbol.dispose]() {
      clearTimeout(timer)
      outer?.removeEventListener('abort', follow)
    },
  }
}
