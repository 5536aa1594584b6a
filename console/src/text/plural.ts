const english = new Intl.PluralRules('en')

/** A number with its noun in English, where one differs from many. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${english.select(count) === 'one' ? one : many}`
