import { Problem } from '../../problem.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * A string, a comment up to the end of its line, or a no-break space. A string that does not end is one to the end of
 * the text: were it none, the search would start anew at each quote in it, and a body of a few kilobytes would take
 * seconds.
 */
const STRING_OR_FILLER = /"(?:\\.|[^"\\])*"?|\/\/[^\n]*|\u00a0/gs

/**
 * A body as JSON, whatever its Content-Type says.
 *
 * @param asPrinted whether line comments and no-break spaces are passed over: the published example of audit_category
 *   has the ones and that of applyid the others, so the sandbox takes them as they are printed; the platform does not
 * @throws Problem `body.unparsable`
 */
export function parseJson(body: Buffer, { asPrinted }: { asPrinted: boolean }): unknown {
  try {
    const text = utf8.decode(body)
    return JSON.parse(asPrinted ? text.replace(STRING_OR_FILLER, (part) => (part.startsWith('"') ? part : '')) : text)
  } catch {
    throw new Problem('body.unparsable')
  }
}
