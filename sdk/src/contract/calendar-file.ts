import { type CalendarDays, type CalendarEntry, type CalendarFault, calendarFaults } from './calendar-year.ts'

/** What a file can be wrong by beside its dates. */
export type CalendarFileFault = CalendarFault | 'no_json' | 'no_lists' | 'no_word' | 'empty'

/** A fault of a file, by its line, which counts from 1. */
export interface FaultyLine {
  line: number
  fault: CalendarFileFault
  /** What stands there, as far as it helps. */
  text: string
}

export interface CalendarFile extends CalendarDays {
  year: number
  faults: FaultyLine[]
}

type Entry = CalendarEntry & { line: number }

const SHOWN_MAX = 40

/** What says in a line that the day is off, or worked. */
const OFF = ['holiday', 'off', '休', '放假', '节假日']
const WORKED = ['workday', 'work', '班', '上班', '调休']

/**
 * The holidays of a year from a file: JSON with `holidays` and `workdays`, or lines of a date and a word.
 *
 * @example
 * parseCalendarFile('2027-01-01,holiday\n2027-01-02,workday')
 */
export function parseCalendarFile(text: string): CalendarFile {
  const faults: FaultyLine[] = []
  const isJson = text.trimStart().startsWith('{')
  const entries = isJson ? readJson(text, faults) : readLines(text, faults)
  const year = yearOf(entries)
  const wrong = entries.length === 0 ? [] : calendarFaults(year, entries)
  const last = text.trimEnd().split('\n').length
  for (const { fault, entry } of wrong) {
    faults.push({ line: entry?.line ?? last, fault, text: entry?.date ?? `${year}-10-01` })
  }
  if (entries.length === 0 && faults.length === 0) faults.push({ line: 1, fault: 'empty', text: '' })
  const datesOf = (worked: boolean) => entries.filter(({ isWorked }) => isWorked === worked).map(({ date }) => date)
  return { year, holidays: datesOf(false), workdays: datesOf(true), faults: faults.sort((a, b) => a.line - b.line) }
}

/** The year of most of the dates: a single wrong one makes no other year. */
function yearOf(entries: readonly Entry[]): number {
  const counts = new Map<number, number>()
  for (const { date } of entries) {
    const year = Number.parseInt(date, 10) || 0
    counts.set(year, (counts.get(year) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one)
  return most?.[0] ?? 0
}

function readLines(text: string, faults: FaultyLine[]): Entry[] {
  return text.split(/\r?\n/).flatMap((row, index) => {
    const words = row
      .replace(/^\ufeff/, '')
      .replace(/#.*/, '')
      .split(/[\s,;，]+/)
      .filter(Boolean)
    const [date = '', word = ''] = words
    if (words.length === 0) return []
    const line = index + 1
    const isWorked = WORKED.includes(word.toLowerCase())
    if (!isWorked && !OFF.includes(word.toLowerCase())) {
      faults.push({ line, fault: /^\d{4}-/.test(date) ? 'no_word' : 'no_date', text: row.trim().slice(0, SHOWN_MAX) })
      return []
    }
    return [{ date, isWorked, line }]
  })
}

function readJson(text: string, faults: FaultyLine[]): Entry[] {
  const parsed = parse(text, faults)
  if (parsed === undefined) return []
  const lists = (['holidays', 'workdays'] as const).map((name) => ({ name, dates: Reflect.get(parsed, name) }))
  const from = new Map<string, number>()
  return lists.flatMap(({ name, dates }) => {
    if (!Array.isArray(dates)) {
      faults.push({ line: 1, fault: 'no_lists', text: name })
      return []
    }
    return dates.map((each) => {
      const date = String(each)
      const at = text.indexOf(JSON.stringify(each), from.get(date) ?? 0)
      from.set(date, at + 1)
      return { date, isWorked: name === 'workdays', line: lineAt(text, Math.max(at, 0)) }
    })
  })
}

function parse(text: string, faults: FaultyLine[]): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null) return parsed
  } catch (error) {
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length)
    const line = lineAt(text, Math.min(at, text.trimEnd().length))
    faults.push({ line, fault: 'no_json', text: (text.split('\n')[line - 1] ?? '').trim().slice(0, SHOWN_MAX) })
  }
  return undefined
}

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length
