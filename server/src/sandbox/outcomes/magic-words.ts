import { MAGIC_FIELDS } from './choose-outcome.ts'
import { readOutcome } from './magic-text.ts'
import type { Outcome } from './outcome.ts'

/** Words of an outcome, one for each form: the table of docs/sandbox-outcomes.md is made from them. */
export const MAGIC_WORDS = [
  '[approve]',
  '[reject:营业执照不清晰]',
  '[hold]',
  '[approve;after=90s]',
  '[approve;after=15m]',
  '[approve;after=12h]',
  '[approve;after=2d]',
  '[approve:after=2d]',
  '[reject:证件不清晰;after=3wd]',
  '[approve;polls=3]',
  '[reject:x;polls=0]',
] as const

/** The table of docs/sandbox-outcomes.md: what each of the words comes to, as the reader reads it. */
export function magicTable(): string {
  const rows = MAGIC_WORDS.map((words) => `| \`${words}\` | ${toSentence(readOutcome(words))} |`)
  return ['| words | what becomes of the application |', '| --- | --- |', ...rows].join('\n')
}

/** Where they are looked for, as the document names it. */
export const magicFields = (): string => MAGIC_FIELDS.map((name) => `\`${name}\``).join(', ')

function toSentence(outcome: Outcome | undefined): string {
  if (!outcome) throw new Error('these are no words of an outcome')
  const { move, reason, when } = outcome
  if (move === 'leave') return 'left to the staff, whatever rules say, and the quick review too'
  const what = move === 'approve' ? 'approved' : `rejected: ${reason}`
  switch (when.type) {
    case 'at_once':
      return `${what}, at once`
    case 'after':
      return `${what}, ${when.seconds} seconds of the account’s time later`
    case 'working_days':
      return `${what}, at the end of the ${when.days}. working day`
    case 'polls':
      return `${what}, when it is asked for the ${when.polls + 1}. time`
  }
}
