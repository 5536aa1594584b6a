/** In which line each of a HAR's entries begins: what JSON.parse makes of it does not tell. The text is valid JSON. */
export function linesOfEntries(text: string): number[] {
  const lines: number[] = []
  /** The name of the member that each open bracket is the value of. */
  const names: string[] = []
  let name = ''
  let line = 1
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '\n':
        line += 1
        break
      case '"': {
        const end = endOfString(text, at)
        if (names.length < 3) name = text.slice(at + 1, end)
        at = end
        break
      }
      case '{':
      case '[':
        if (names.length === 3 && names[1] === 'log' && names[2] === 'entries') lines.push(line)
        names.push(name)
        break
      case '}':
      case ']':
        names.pop()
        break
    }
  }
  return lines
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

/** The line of a place in a text, from 1. */
export function lineAt(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line += 1
  return line
}
