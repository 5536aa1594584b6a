import { Problem } from '../../problem.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * A string, or a comment up to the end of its line. A string that does not end is one to the end of the text: were it
 * none, the search would start anew at each quote in it, and a body of a few kilobytes would take seconds.
 */
const STRING_OR_COMMENT = /"(?:\\.|[^"\\])*"?|\/\/[^\n]*/gs

/**
 * A body as JSON, whatever its Content-Type says.
 *
 * @param comments whether line comments are passed over: the published example of audit_category has them, so the
 *   sandbox takes it as it is printed; the platform does not
 * @throws Problem `body.unparsable`
 */
export function parseJson(body: Buffer, { comments }: { comments: boolean }): unknown {
  try {
    const text = utf8.decode(body)
    return JSON.parse(comments ? text.replace(STRING_OR_COMMENT, (part) => (part.startsWith('"') ? part : '')) : text)
  } catch {
    throw new Problem('body.unparsable')
  }
}
