/** What stands in the place of a secret. */
export const MASK = '***'

/**
 * Names whose values are secrets: tokens, app secrets and the keys of callbacks, with whatever stands before them, and the key
 * that a lottery's draws are signed with.
 */
const IS_SECRET = /(?:access_?token|refresh_?token|secret|aes_?key|^key)$/i

export const isSecretName = (name: string): boolean => IS_SECRET.test(name)

// A stranger chooses these texts: every pattern below passes over its text once.
const JSON_STRING = /"(?:\\[\s\S]|[^"\\])*"?/g
const COLON = /\s*:\s*/y
/** A string that may be cut off, all that follows a bracket, or anything else up to the member's end. */
const JSON_VALUE = /"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|[[{][\s\S]*|[^\s,}\]]*/y
const ARGUMENT_OF_URL = /[^?&]+/g
const ARGUMENT_OF_BODY = /[^\s?&"]+/g

/**
 * A path and query with `***` for every secret in it.
 *
 * @example
 * maskUrl('/cgi-bin/token?appid=wx1&secret=5a6e') // '/cgi-bin/token?appid=wx1&secret=***'
 */
export function maskUrl(url: string): string {
  return url.replace(ARGUMENT_OF_URL, maskArgument)
}

/**
 * A body with `***` for every secret in it: members of JSON, and arguments of a form or of a URL. It may be cut off
 * anywhere.
 *
 * @example
 * maskBody('{"access_token":"1_abc') // '{"access_token":"***"'
 */
export function maskBody(body: string): string {
  return maskMembers(body).replace(ARGUMENT_OF_BODY, maskArgument)
}

function maskMembers(text: string): string {
  let masked = ''
  let done = 0
  for (const { 0: name, index } of text.matchAll(JSON_STRING)) {
    if (index < done || !isSecretName(unescapeJson(name))) continue
    const colon = matchAt(COLON, text, index + name.length)
    if (!colon) continue
    const valueAt = index + name.length + colon.length
    masked += `${text.slice(done, valueAt)}"${MASK}"`
    done = valueAt + matchAt(JSON_VALUE, text, valueAt).length
  }
  return masked + text.slice(done)
}

function maskArgument(argument: string): string {
  const equals = argument.indexOf('=')
  const name = argument.slice(0, Math.max(0, equals))
  return isSecretName(unescapeUrl(name)) ? `${name}=${MASK}` : argument
}

function matchAt(sticky: RegExp, text: string, index: number): string {
  sticky.lastIndex = index
  return sticky.exec(text)?.[0] ?? ''
}

/** A name may be written so that it does not look like itself: `"se\u0063ret"`. */
function unescapeJson(quoted: string): string {
  const name = quoted.replaceAll('"', '')
  if (!name.includes('\\')) return name
  try {
    return JSON.parse(quoted)
  } catch {
    return name
  }
}

function unescapeUrl(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
