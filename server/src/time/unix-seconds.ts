/** Times of the wire and of callbacks are whole seconds since 1970. Source: docs/protocol/conventions.md. */
export const toUnixSeconds = (at: Date): number => Math.floor(at.getTime() / 1000)
