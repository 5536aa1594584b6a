import { hashSecret } from '../accounts/secret.ts'
import { drawBelow } from '../entropy/draw-secret.ts'

const COUNT = 10
/** Without those that look like others. 15 of 30 characters are 73 bits: a quick hash is safe to keep. */
const CHARACTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUP = 5
const GROUPS = 3

/** Codes to be written down, as they are shown: `7KQ2M-…`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => Array.from({ length: GROUPS }, newGroup).join('-'))
}

const newGroup = () => Array.from({ length: GROUP }, () => CHARACTERS[drawBelow(CHARACTERS.length)]).join('')

/** As a code is kept, whatever blanks, dashes and small letters it was typed with. */
export const hashRecoveryCode = (typed: string): string => hashSecret(typed.replace(/[\s-]/g, '').toUpperCase())
