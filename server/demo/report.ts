import { styleText } from 'node:util'
import { columnsOf } from '../src/cli/table.ts'

const INDENT = '     '
/** Lines that are shown of what is sent and of what comes back; what is longer is cut and says so. */
const SENT_LINES_MAX = 20
const CAME_LINES_MAX = 6

type Style = Parameters<typeof styleText>[0]

interface BlockOptions {
  mark?: Style
  text?: Style
  linesMax?: number
}

/** Prints what happens for a person, and counts what held. Colours go to a terminal alone, and not with NO_COLOR. */
export class Report {
  passed = 0
  failed = 0
  /** The number of the step that runs. */
  steps = 0
  readonly #width = Math.min(Math.max(process.stdout.columns ?? 120, 80), 120)

  chapter(title: string, source: string): void {
    const head = `━━ ${title} `
    this.#line()
    this.#line(style('bold', head) + style('dim', '━'.repeat(Math.max(0, this.#width - columnsOf(head)))))
    this.#line(style('dim', `   ${source}`))
  }

  step(title: string): void {
    this.steps += 1
    this.#line()
    this.#line(style('bold', `${String(this.steps).padStart(3)}. ${title}`))
  }

  /** Something that goes to the server. */
  sent(text: string): void {
    this.#block('→', text, { mark: 'cyan' })
  }

  /** What belongs to the line before: a body, a decrypted message. */
  more(text: string, linesMax = SENT_LINES_MAX): void {
    this.#block(' ', text, { linesMax })
  }

  /** Something that comes back. */
  came(text: string): void {
    this.#block('←', text, { mark: 'yellow', linesMax: CAME_LINES_MAX })
  }

  /** A command and what it prints. */
  command(command: string, output: string): void {
    this.#block('$', command, { mark: 'cyan' })
    this.#block(' ', output.trimEnd())
  }

  /**
   * Something that must hold.
   *
   * @param claim what is documented
   * @param faults why it does not hold, in sentences
   */
  check(claim: string, faults: readonly string[]): void {
    if (faults.length === 0) {
      this.passed += 1
      this.#block('✓', claim, { mark: 'green', text: 'green' })
      return
    }
    this.failed += 1
    this.#block('✗', claim, { mark: 'red', text: 'red' })
    for (const fault of faults) this.#block(' ', `  ${fault}`, { mark: 'red', text: 'red' })
  }

  /** The demo cannot go on: a failure, with what may explain it. */
  abort(reason: string, details: string): void {
    this.#line()
    this.check('The demo runs to its end.', [reason])
    if (details.trim()) this.#block(' ', details.trimEnd())
  }

  close(seconds: number): void {
    this.#line()
    this.#line(style('dim', '━'.repeat(this.#width)))
    this.#line(style('dim', `${seconds.toFixed(1)} s. The server and its data were made for this and are gone.`))
    const line = `${this.passed} checks passed, ${this.failed} failed`
    this.#line(style(['bold', this.failed > 0 ? 'red' : 'green'], line))
  }

  /** A text behind a mark, in lines that fit. */
  #block(mark: string, text: string, { linesMax = SENT_LINES_MAX, ...styles }: BlockOptions = {}): void {
    const width = this.#width - INDENT.length - 2
    const lines = text.split('\n').flatMap((line) => wrap(toPrintable(line), width))
    // One line more is shown rather than a line that says so.
    const shown = lines.length > linesMax + 1 ? lines.slice(0, linesMax) : lines
    for (const [index, line] of shown.entries()) {
      const lead = index > 0 ? ' ' : style(styles.mark, mark)
      this.#line(`${INDENT}${lead} ${style(styles.text, line)}`.trimEnd())
    }
    const cut = lines.slice(shown.length).join('').length
    if (cut > 0) this.#line(style('dim', `${INDENT}  … ${cut.toLocaleString('en')} more characters`))
  }

  #line(line = ''): void {
    process.stdout.write(`${line}\n`)
  }
}

function style(format: Style | undefined, text: string): string {
  return format === undefined ? text : styleText(format, text, { stream: process.stdout })
}

/** Tabs and no-break spaces as blanks: a terminal shows them in ways of its own. */
function toPrintable(line: string): string {
  return line.replaceAll('\t', ' ').replaceAll('\u00a0', ' ')
}

/** Lines of at most `width` columns, cut behind a blank or a mark where there is one. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const character of text) {
    if (columnsOf(line + character) > width) {
      const cut = /^.*[\s,&>](?=\S)/u.exec(line)?.[0]
      // Behind a mark that stands far to the left, half of the line would be empty.
      const head = cut && columnsOf(cut) > width / 2 ? cut : line
      lines.push(head.trimEnd())
      line = line.slice(head.length)
    }
    line += character
  }
  return [...lines, line]
}
