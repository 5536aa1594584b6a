import type { CreditCodeFault } from './states.ts'

/**
 * The unified social credit code, which a business licence carries: 18 characters. The first is the authority that
 * registered the holder, the second the holder's sort, then six digits of a region, nine characters of the organisation
 * (GB 11714: eight and a check character) and a check character over all. Source: GB 32100-2015.
 */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const AUTHORITIES = '123456789ANY'
/** The first two digits of a region: a province, or 10 for what the state registers. Source: GB/T 2260. */
const PROVINCE = /^(1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/
const LENGTH = 18
const REGION = { from: 2, to: 8 } as const
const ORGANISATION = { from: 8, to: 17 } as const
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const

/** A code as it was read, and what is wrong with it, if anything is. `at`: the place of the first wrong character, from 0. */
export type CreditCodeReading = { code: string } & ({ fault?: never } | { fault: CreditCodeFault; at: number })

/** A code as it is typed, in one spelling: wide characters, small letters and gaps are the typist's. */
export const normalizeCreditCode = (typed: string): string =>
  typed.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '')

/**
 * Say whether a credit code is one, and otherwise which part is wrong.
 *
 * @example
 * checkCreditCode('91350100m000100y43') // { code: '91350100M000100Y43' }
 * checkCreditCode('91350100M000100Y44') // { code: …, fault: 'check', at: 17 }
 */
export function checkCreditCode(typed: string): CreditCodeReading {
  // A longer text is none, however it is spelt.
  const code = normalizeCreditCode(typed.slice(0, 4 * LENGTH))
  const wrong = (fault: CreditCodeFault, at: number) => ({ code, fault, at })
  if (code.length !== LENGTH || typed.length > 4 * LENGTH) return wrong('length', Math.min(code.length, LENGTH))
  const strange = [...code].findIndex((character) => !ALPHABET.includes(character))
  if (strange >= 0) return wrong('alphabet', strange)
  if (!AUTHORITIES.includes(code.charAt(0))) return wrong('authority', 0)
  const region = code.slice(REGION.from, REGION.to)
  if (!/^\d{6}$/.test(region) || !PROVINCE.test(region)) return wrong('region', REGION.from)
  const organisation = code.slice(ORGANISATION.from, ORGANISATION.to)
  if (organisation.at(-1) !== organisationCheck(organisation)) return wrong('organisation', ORGANISATION.to - 1)
  if (code.at(-1) !== creditCodeCheck(code)) return wrong('check', LENGTH - 1)
  return { code }
}

/** The check character of an organisation: of the first eight. Source: GB 11714. */
export function organisationCheck(organisation: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, at) => total + weight * parseInt(organisation.charAt(at), 36),
    0,
  )
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? 'X' : String(check)
}

/** The check character of a code: of the first 17, the weight of each three times that before it, modulo 31. */
export function creditCodeCheck(code: string): string {
  let weight = 1
  let sum = 0
  for (const character of code.slice(0, LENGTH - 1)) {
    sum += weight * ALPHABET.indexOf(character)
    weight = (weight * 3) % 31
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31)
}

/** What in a text has the length and the letters of a code, each once, in one spelling, valid or not. */
export function readCreditCodes(text: string): CreditCodeReading[] {
  const words =
    text.length < LENGTH
      ? null
      : text
          .normalize('NFKC')
          .toUpperCase()
          .match(/[0-9A-Z]+/g)
  const codes = words?.filter((word) => word.length === LENGTH && /\d/.test(word)) ?? []
  return [...new Set(codes)].map(checkCreditCode)
}

/** The valid codes in a text. */
export const findCreditCodes = (text: string): string[] =>
  readCreditCodes(text).flatMap(({ code, fault }) => (fault ? [] : [code]))
