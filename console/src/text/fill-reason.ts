import type { Language } from '@shenpi/sdk/contract/states'
import { fields as english } from './en/fields.ts'
import { fields as chinese } from './zh/fields.ts'

const WORDS: Readonly<Record<Language, { fields: Readonly<Record<string, string>>; comma: string }>> = {
  zh: { fields: chinese, comma: '、' },
  en: { fields: english, comma: ', ' },
}

/** A reason of the library with the fields that were named; a day the reviewer fills in. */
export function fillReason(text: string, fields: readonly string[], language: Language): string {
  const { fields: words, comma } = WORDS[language]
  const named = fields.map((field) => words[field] ?? field).join(comma)
  return named ? text.replaceAll('{field}', named) : text
}
