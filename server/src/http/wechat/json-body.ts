import { Problem } from '../../problem.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A string, or a comment up to the end of its line. */
const STRING_OR_COMMENT = /"(?:\\.|[^"\\])*"|\/\/[^\n]*/g

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
