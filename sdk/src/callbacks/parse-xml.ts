/** What an element holds: text, a number that stood bare, or members; a list where its name is repeated. */
export type XmlValue = string | number | XmlMembers | XmlValue[]
export interface XmlMembers {
  [name: string]: XmlValue
}

interface Element {
  name: string
  members: XmlMembers
  text: string
  /** Text in CDATA stays text even where it looks like a number. */
  quoted: boolean
}

/** Deeper than any message, and no invitation to nest without end. */
const DEPTH_MAX = 16
const NAME = '[A-Za-z_][A-Za-z0-9_.-]{0,99}'
const TOKEN = new RegExp(`<!\\[CDATA\\[([^]*?)\\]\\]>|<(${NAME})(/?)>|</(${NAME})>|([^<]+)`, 'y')
const NUMBER = /^(0|-?[1-9]\d{0,14})(\.\d{1,15})?$/
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Read the XML that messages are written in: elements, text and CDATA. Whatever else XML has (attributes, comments, a
 * DOCTYPE with its entities) is refused, so nothing in a message makes its reader fetch or expand anything.
 *
 * @returns the members of the root element
 * @throws Error when the text is no such XML
 */
export function parseXml(text: string): XmlMembers {
  const start = /^\uFEFF?\s*(<\?xml[^>]{0,200}\?>\s*)?/.exec(text)?.[0].length ?? 0
  const document = newElement('')
  const parents: Element[] = []
  let top = document
  for (TOKEN.lastIndex = start; TOKEN.lastIndex < text.length; ) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(text)
    if (!token) throw new Error(`The XML is not readable at character ${at}.`)
    const [, cdata, opened, empty, closed, plain] = token
    if (cdata !== undefined) Object.assign(top, { text: top.text + cdata, quoted: true })
    if (plain !== undefined) top.text += decodeEntities(plain)
    if (opened !== undefined) {
      if (parents.length >= DEPTH_MAX) throw new Error(`The XML is nested deeper than ${DEPTH_MAX}.`)
      parents.push(top)
      top = newElement(opened)
    }
    if (closed !== undefined || empty) {
      const parent = parents.pop()
      if (!parent || (!empty && top.name !== closed))
        throw new Error(`The XML closes what is not open at character ${at}.`)
      addMember(parent.members, top)
      top = parent
    }
  }
  const [root, another] = Object.values(document.members)
  const isMembers = typeof root === 'object' && !Array.isArray(root)
  if (parents.length > 0 || another !== undefined || !isMembers || document.text.trim()) {
    throw new Error('The XML is not one whole element with members.')
  }
  return root
}

const newElement = (name: string): Element => ({ name, members: {}, text: '', quoted: false })

function addMember(members: XmlMembers, element: Element): void {
  const { name } = element
  const value = toValue(element)
  const before = Object.hasOwn(members, name) ? members[name] : undefined
  if (before === undefined) Object.defineProperty(members, name, { value, ...AN_OWN_MEMBER })
  else if (Array.isArray(before)) before.push(value)
  else members[name] = [before, value]
}

/** Defined rather than assigned, so that an element called `__proto__` is a member like any other. */
const AN_OWN_MEMBER = { enumerable: true, writable: true, configurable: true }

function toValue({ members, text, quoted }: Element): XmlValue {
  if (Object.keys(members).length > 0) return members
  return !quoted && NUMBER.test(text) ? Number(text) : text
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g, (all, decimal, hex, name) => {
    if (name) return ENTITIES[name] ?? all
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
