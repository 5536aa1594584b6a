import { setImmediate } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import { bodyTooLarge, JSON_DEPTH_MAX } from './body-limits.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

interface Reading {
  /** The most members and items, at any depth: what a body costs follows from them. */
  maxValues: number
  /**
   * Whether line comments and no-break spaces are passed over: the published example of audit_category has the ones and
   * that of applyid the others, so the sandbox takes them as they are printed; the platform does not.
   */
  asPrinted?: boolean
}

/**
 * Read a body as JSON, whatever its Content-Type says. Its depth and size are checked before it is parsed: that takes a few
 * milliseconds for 1 MB, while parsing hostile JSON takes a quarter of a second.
 *
 * @throws Problem `body.unparsable`, `body.too_large`
 */
export function parseJson(body: Buffer, { maxValues, asPrinted = false }: Reading): unknown {
  const bytes = asPrinted ? withoutFillers(body) : body
  assertSize(bytes, maxValues)
  return toValue(bytes)
}

/** As {@link parseJson}, of more bytes than others may wait for: each step is a turn of the event loop, and so is what follows. */
export async function parseLongJson(body: Buffer, maxValues: number): Promise<unknown> {
  assertSize(body, maxValues)
  await setImmediate()
  const value = toValue(body)
  await setImmediate()
  return value
}

function assertSize(bytes: Buffer, maxValues: number): void {
  const { depth, values } = measure(bytes)
  if (depth > JSON_DEPTH_MAX) {
    const deep = `${depth} levels deep, at most ${JSON_DEPTH_MAX} are read`
    throw new Problem('body.unparsable', `It is ${deep}.`, `data format error: ${deep}`)
  }
  if (values > maxValues) throw bodyTooLarge(values, maxValues, 'members and items')
}

function toValue(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    throw new Problem('body.unparsable')
  }
}

const CODE = {
  lineBreak: 0x0a,
  blank: 0x20,
  quote: 0x22,
  comma: 0x2c,
  slash: 0x2f,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const
/** A no-break space in UTF-8. */
const NO_BREAK_SPACE = [0xc2, 0xa0] as const

/** How deep JSON is and how many values it holds: each follows a comma or the bracket that holds it. */
function measure(bytes: Buffer): { depth: number; values: number } {
  let level = 0
  let depth = 0
  let values = 0
  for (let at = 0; at < bytes.length; at += 1) {
    switch (bytes[at]) {
      case CODE.quote:
        at = endOfString(bytes, at)
        break
      case CODE.comma:
        values += 1
        break
      case CODE.openBrace:
      case CODE.openBracket:
        values += 1
        level += 1
        if (level > depth) depth = level
        break
      case CODE.closeBrace:
      case CODE.closeBracket:
        level -= 1
        break
    }
  }
  return { depth, values }
}

/** A copy with blanks in the place of comments up to the end of their line and of no-break spaces. */
function withoutFillers(body: Buffer): Buffer {
  const bytes = Buffer.from(body)
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === CODE.quote) at = endOfString(bytes, at)
    else if (bytes[at] === CODE.slash && bytes[at + 1] === CODE.slash) {
      while (at < bytes.length && bytes[at] !== CODE.lineBreak) bytes[at++] = CODE.blank
    } else if (bytes[at] === NO_BREAK_SPACE[0] && bytes[at + 1] === NO_BREAK_SPACE[1]) {
      bytes[at] = CODE.blank
      bytes[at + 1] = CODE.blank
    }
  }
  return bytes
}

/** Where the string ends that begins at `start`; one without an end reaches to that of the text. */
function endOfString(bytes: Buffer, start: number): number {
  let at = start + 1
  while (at < bytes.length && bytes[at] !== CODE.quote) at += bytes[at] === CODE.backslash ? 2 : 1
  return at
}
