/**
 * The target of a request as everything behind it reads it: a path that begins with one slash, and its query. Clients whose
 * base URL ends in a slash send `//cgi-bin/token`, those that take us for a proxy send a whole URL.
 * Source: RFC 9112, section 3.2.
 */
export function toOriginForm(target: string): string {
  if (target.startsWith('/') && target[1] !== '/') return target
  const path = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  return path.replace(/^\/*/, '/')
}
