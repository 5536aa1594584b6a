import { type CreditCodeReading, checkCreditCode, readCreditCodes } from '@shenpi/sdk/contract/credit-code'

const LENGTH = 18
/** What is told of one picture at most. Our choice: a licence has one. */
const CODES_MAX = 5

/**
 * The credit codes in what was read from a picture, the valid ones first: those that stand in a line, whatever gaps and
 * signs were read around and between, and words of their length that are none, which may be misread or made up.
 */
export function codesInText(text: string): CreditCodeReading[] {
  const valid = text.split('\n').flatMap(codesInLine)
  const found = new Map([...valid, ...readCreditCodes(text)].map((reading) => [reading.code, reading]))
  return [...found.values()].slice(0, CODES_MAX)
}

function codesInLine(line: string): CreditCodeReading[] {
  const signs = line.replaceAll(/[^0-9A-Z]/g, '')
  const places = Array.from({ length: Math.max(0, signs.length - LENGTH + 1) }, (_, at) => at)
  return places.map((at) => checkCreditCode(signs.slice(at, at + LENGTH))).filter(({ fault }) => !fault)
}
