const TOKEN_MEMBER = /(access_token\\?"?\s*[:=]\s*\\?"?)[^"&\s\\]+/g
/** A token wherever else it stands in such a text. */
const TOKEN = /[\w-]{24,}/g

/** A text without the access tokens in it: a report is shown to others. */
export const maskTokens = (text: string): string =>
  text.includes('access_token') ? text.replace(TOKEN_MEMBER, '$1…').replace(TOKEN, '…') : text
