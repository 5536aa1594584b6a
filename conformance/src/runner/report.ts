import type { Known } from './known.ts'
import { OUTCOMES, type Result } from './result.ts'

const count = (results: readonly Result[], outcome: Result['outcome']) =>
  results.filter((result) => result.outcome === outcome).length

/** Known differences of cases that passed, and of titles that no case has. */
export function outdated(results: readonly Result[], known: Known, isWhole: boolean): string[] {
  const outcomes = new Map(results.map(({ title, outcome }) => [title, outcome]))
  return [...known.keys()].filter((title) => outcomes.get(title) === 'passed' || (isWhole && !outcomes.has(title)))
}

/** Nothing differs beyond what is known, and something was judged. */
export const isGood = (results: readonly Result[]): boolean =>
  count(results, 'differs') === 0 && count(results, 'passed') + count(results, 'known') > 0

/** For people: a table of subjects, why cases were skipped, and each difference. */
export function toReport(results: readonly Result[], known: Known, isWhole: boolean): string {
  const subjects = [...Map.groupBy(results, ({ subject }) => subject), ['in all', results] as const]
  const row = (name: string, cells: readonly unknown[]) =>
    name.padEnd(22) + cells.map((cell) => String(cell).padStart(9)).join('')
  const reasons = Map.groupBy(
    results.filter(({ outcome }) => outcome === 'skipped'),
    ({ details: [reason = ''] }) => reason.replace(/ \(\{\w+\}\)$/, ''),
  )
  const byCount = [...reasons].map(([reason, of]) => [of.length, reason] as const).toSorted(([a], [b]) => b - a)
  const differing = results.filter(({ outcome }) => outcome === 'differs' || outcome === 'known')
  return [
    row('', OUTCOMES),
    ...subjects.map(([subject, of]) =>
      row(
        subject,
        OUTCOMES.map((outcome) => count(of, outcome)),
      ),
    ),
    ...(byCount.length > 0
      ? ['', 'Skipped:', ...byCount.map(([of, reason]) => `${String(of).padStart(6)}  ${reason}`)]
      : []),
    ...differing.flatMap(({ title, outcome, details }) => [
      '',
      outcome === 'known' ? `known  ${title} (${known.get(title)})` : `DIFFERS  ${title}`,
      ...details.map((detail) => `  ${detail}`),
    ]),
    ...outdated(results, known, isWhole).flatMap((title) => ['', `no longer differs  ${title}`]),
    '',
  ].join('\n')
}
