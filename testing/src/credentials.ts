import { createHash } from 'node:crypto'

/** The credentials of an account of a sandbox with a seed. @param number counts the accounts */
export function credentialsFrom(seed: string, number: number) {
  const draw = (what: string, length: number) =>
    createHash('sha256').update(`${seed} ${number} ${what}`).digest('hex').slice(0, length)
  return { appid: `wx${draw('appid', 16)}`, originalId: `gh_${draw('original_id', 12)}`, secret: draw('secret', 32) }
}
